// The objects of the hosts. In another host the name is not declared and throws a ReferenceError, which hostOf catches.
declare const wx: any;
declare const my: any;
declare const swan: any;
declare const tt: any;
declare const ks: any;
declare const xhs: any;
declare const qq: any;
declare const jd: any;
declare const has: any;
declare const dd: any;

// What the hosts give. Each exists in its own host only: elsewhere its name is an error, which hostOf catches.
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

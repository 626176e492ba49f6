// URL of the service in examples/express-bff. A real mini-program needs HTTPS and a domain that WeChat's console lists.
module.exports = { api: 'http://127.0.0.1:3000/mp-phone' };

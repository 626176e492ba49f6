// Where the service is: examples/express-bff. A real mini-program calls HTTPS, on a domain that WeChat's console lists.
module.exports = { api: 'http://127.0.0.1:3000/mp-phone' };

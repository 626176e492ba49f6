// Where the service is: examples/express-bff. A real mini-program calls HTTPS, on a domain that the platform's console lists.
export const api = 'http://127.0.0.1:3000/mp-phone';

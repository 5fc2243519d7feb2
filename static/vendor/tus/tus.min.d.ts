// For the check of our own modules: what the library says of itself is not looked into.
export {};

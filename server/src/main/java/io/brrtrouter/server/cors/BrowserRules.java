package io.brrtrouter.server.cors;

/**
 * What an operation has to do with browsers.
 *
 * @param cors which pages of other origins may use it
 * @param csrf tells requests that another site has forged
 */
public record BrowserRules(CorsPolicy cors, CsrfGuard csrf) {}

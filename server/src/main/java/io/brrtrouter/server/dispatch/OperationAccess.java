package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.cors.BrowserRules;
import io.brrtrouter.server.limit.Limit;
import java.util.Optional;

/**
 * What keeps requests from an operation, whatever their credentials are worth: as it was compiled,
 * for whoever explains it.
 *
 * @param isPublic whether credentials are not looked at
 * @param takesGuessable whether it takes credentials that are not looked at where too many from one
 *     address were refused
 * @param browsers from which pages it may be called
 * @param beforeAuthentication how much each address may ask of it before credentials are looked at,
 *     if that is limited
 * @param limit how much each client may ask of it, if that is limited
 */
public record OperationAccess(
    boolean isPublic,
    boolean takesGuessable,
    BrowserRules browsers,
    Optional<Limit> beforeAuthentication,
    Optional<Limit> limit) {}

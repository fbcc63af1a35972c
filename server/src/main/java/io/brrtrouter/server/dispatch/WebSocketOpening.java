package io.brrtrouter.server.dispatch;

/**
 * A handler that opens a WebSocket. Operations with {@code x-websocket} have such a one, and no
 * others do: whoever registers another learns it when the server starts. Generated code that opens
 * one is a {@link TypedHandler} too.
 */
public interface WebSocketOpening extends Handler {}

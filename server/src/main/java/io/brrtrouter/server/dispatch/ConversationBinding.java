package io.brrtrouter.server.dispatch;

/**
 * How generated code reads and writes the messages of a WebSocket. Immutable.
 *
 * @param <I> the Java type of what clients send
 * @param <O> the Java type of what the server sends
 * @param fromClient what clients send
 * @param fromServer what the server sends
 */
public record ConversationBinding<I, O>(
    MessageBinding<I> fromClient, MessageBinding<O> fromServer) {}

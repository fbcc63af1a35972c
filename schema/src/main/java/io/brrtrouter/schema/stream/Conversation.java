package io.brrtrouter.schema.stream;

/**
 * What is said on a {@link Channel}: plain blocking code, on a virtual thread where a server calls
 * it.
 *
 * <pre>{@code
 * return new TalkResponse.SwitchingProtocols(channel -> {
 *   for (Optional<Said> said = channel.receive(); said.isPresent(); said = channel.receive()) {
 *     channel.send(new Heard(said.get().text()));
 *   }
 * });
 * }</pre>
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
@FunctionalInterface
public interface Conversation<I, O> {
  /**
   * Receives and sends messages. When this returns, the channel is closed with 1000 unless it is
   * closed already.
   *
   * @param channel where the messages go
   * @throws Exception if something failed: a server logs it and closes with 1011; one that only
   *     says that the channel is closed passes
   */
  void hold(Channel<I, O> channel) throws Exception;
}

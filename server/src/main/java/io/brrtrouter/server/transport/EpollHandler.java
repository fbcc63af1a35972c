package io.brrtrouter.server.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import java.util.Objects;

/**
 * Netty's epoll, except that it goes on to know a channel that waits for nothing at present. Netty
 * 4.2.18 takes such a channel out and does not put it in again (since its change 16689): whatever
 * it waits for next, for room to write or for more to read, fails and closes it. So it is of a
 * client that has ended its side, whose response is larger than what the kernel takes at once.
 *
 * <p>Used by its event loop only, but for {@link #wakeup}.
 */
final class EpollHandler implements IoHandler {
  /** Waits for nothing but errors, and hears of each once. */
  private static final EpollIoOps NOTHING = EpollIoOps.EPOLLET;

  private final IoHandler epoll;

  private EpollHandler(IoHandler epoll) {
    this.epoll = epoll;
  }

  /** {@return what makes one for each event loop} */
  static IoHandlerFactory newFactory() {
    IoHandlerFactory factory = EpollIoHandler.newFactory();
    return executor -> new EpollHandler(factory.newHandler(executor));
  }

  /** A channel that is known to epoll as soon as it waits for something. */
  private static final class Registration implements IoRegistration {
    private final IoRegistration registration;
    private volatile boolean known;

    Registration(IoRegistration registration) {
      this.registration = registration;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty declares it
    public <T> T attachment() {
      return registration.attachment();
    }

    @Override
    public long submit(IoOps ops) {
      boolean nothing = Objects.equals(ops, EpollIoOps.NONE);
      if (nothing && known) {
        registration.submit(NOTHING);
        return EpollIoOps.NONE.value();
      }
      known |= !nothing;
      return registration.submit(ops);
    }

    @Override
    public boolean isValid() {
      return registration.isValid();
    }

    @Override
    public boolean cancel() {
      return registration.cancel();
    }
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Registration(epoll.register(handle));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return epoll.isCompatible(type);
  }
}

package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.OnReload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaceableSinkTest {

  @Test
  void octets_are_taken_from_where_they_are() throws IOException {
    List<Integer> taken = new ArrayList<>();
    ContentSink direct =
        new ContentSink() {
          @Override
          public void write(byte[] octets, int from, int length) {
            throw new AssertionError("through an array");
          }

          @Override
          public void write(int length, Source source) {
            taken.add(length);
          }

          @Override
          public void flush() {}

          @Override
          public Ending ending() {
            return null;
          }

          @Override
          public void onEnding(Runnable action) {}
        };

    new ReplaceableSink(direct, OnReload.CONTINUE).write(3, buffer -> {});

    assertThat(taken).containsExactly(3);
  }
}

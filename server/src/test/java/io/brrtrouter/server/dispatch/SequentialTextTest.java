package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SequentialTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/event-stream     | {"event":"add","data":"x"}    | event: add~data: x~~
          text/event-stream     | {"data":""}                   | data: ~~
          text/event-stream     | {"data":"a\\nb\\r\\nc\\rd"}   | data: a~data: b~data: c~data: d~~
          text/event-stream     | {"data":"a\\n"}               | data: a~data: ~~
          text/event-stream     | {"data":{"a":1},"retry":5}    | data: {"a":1}~retry: 5~~
          text/event-stream     | "x"                           | data: x~~
          Application/JSON-seq; a=b | [1]                       | <RS>[1]~
          application/jsonl     | {"a":"b"}                     | {"a":"b"}~
          """)
  void is_one_item_as_it_is_sent(String type, String item, String sent) {
    byte[] octets = SequentialText.of(type, JsonMapper.shared().readTree(item));
    assertThat(new String(octets, StandardCharsets.UTF_8))
        .isEqualTo(sent.replace('~', '\n').replace("<RS>", "\u001e"));
  }
}

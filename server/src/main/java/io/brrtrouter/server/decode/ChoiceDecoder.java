package io.brrtrouter.server.decode;

import io.brrtrouter.schema.CompiledSchema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes a text whose schema allows an array or an object beside a scalar, or both. The readings
 * are tried in an order, the scalar first unless the text has a separator; the first the schema
 * accepts is the value, and when it accepts none, the first without a flaw.
 *
 * @param scalar reads the text as a scalar, null if the schema allows none
 * @param structures read it as an array or an object
 * @param separator what would stand between items; null where structures always come first
 * @param schema chooses
 */
record ChoiceDecoder(
    @Nullable TextDecoder scalar,
    List<TextDecoder> structures,
    @Nullable Separator separator,
    CompiledSchema schema)
    implements TextDecoder {

  @Override
  public JsonNode decode(String raw, int start, int end, Flaws flaws) {
    boolean scalarFirst = separator != null && separator.find(raw, start, end) == end;
    Choice choice = new Choice();
    if (scalarFirst) {
      choice.read(scalar, raw, start, end);
    }
    for (TextDecoder structure : structures) {
      choice.read(structure, raw, start, end);
    }
    if (!scalarFirst) {
      choice.read(scalar, raw, start, end);
    }
    return choice.settle(flaws);
  }

  /** Remembers the best reading so far. */
  private final class Choice {
    private @Nullable JsonNode value;
    private Flaws valueFlaws = new Flaws();
    private boolean valid;

    void read(@Nullable TextDecoder decoder, String raw, int start, int end) {
      if (valid || decoder == null) {
        return;
      }
      Flaws own = new Flaws();
      JsonNode reading = decoder.decode(raw, start, end, own);
      boolean clean = own.size() == 0;
      valid = clean && schema.isValid(reading);
      if (valid || value == null || (clean && valueFlaws.size() > 0)) {
        value = reading;
        valueFlaws = own;
      }
    }

    JsonNode settle(Flaws flaws) {
      valueFlaws.moveTo(flaws);
      return Objects.requireNonNull(value, "a choice has at least one reading");
    }
  }
}

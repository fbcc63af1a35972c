package io.brrtrouter.outbound;

import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the log as values, and values as columns. */
final class DeliveryRows {
  /** What {@link #delivery} reads, in its order. */
  static final String COLUMNS =
      "id, operation, method, url, secret, state, attempts, created_at, due_at, finished_at,"
          + " last_status, last_error";

  static final int LONGEST_ERROR = 500;
  private static final char END = '\n';

  private DeliveryRows() {}

  static Delivery delivery(ResultSet row) throws SQLException {
    DeliveryState state = DeliveryState.valueOf(row.getString("state"));
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getString("operation"),
        row.getString("method"),
        URI.create(row.getString("url")),
        Optional.ofNullable(row.getString("secret")),
        state,
        row.getInt("attempts"),
        time(row, "created_at").orElseThrow(),
        state == DeliveryState.PENDING ? time(row, "due_at") : Optional.empty(),
        time(row, "finished_at"),
        integer(row, "last_status"),
        Optional.ofNullable(row.getString("last_error")));
  }

  static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt("number"),
        time(row, "began_at").orElseThrow(),
        Duration.ofMillis(row.getLong("duration_ms")),
        integer(row, "status"),
        Optional.ofNullable(row.getString("error")),
        Optional.ofNullable(row.getString("answer")));
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static List<Map.Entry<String, String>> headers(String text) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1)));
    }
    return headers;
  }

  static String headers(List<Map.Entry<String, String>> headers) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> header : headers) {
      text.append(header.getKey()).append(':').append(header.getValue()).append(END);
    }
    return text.toString();
  }

  /** Columns of a statement, from left to right. */
  static final class Parameters {
    private final PreparedStatement statement;
    private int next = 1;

    Parameters(PreparedStatement statement) {
      this.statement = statement;
    }

    Parameters text(@Nullable String value) throws SQLException {
      statement.setString(next++, value);
      return this;
    }

    Parameters error(Optional<String> value) throws SQLException {
      String text = value.orElse(null);
      // PostgreSQL takes no NUL.
      return text(
          text == null
              ? null
              : text.substring(0, Math.min(text.length(), LONGEST_ERROR)).replace('\0', ' '));
    }

    Parameters octets(byte[] value) throws SQLException {
      statement.setBytes(next++, value);
      return this;
    }

    Parameters number(long value) throws SQLException {
      statement.setLong(next++, value);
      return this;
    }

    Parameters integer(OptionalInt value) throws SQLException {
      if (value.isPresent()) {
        statement.setInt(next++, value.getAsInt());
      } else {
        statement.setNull(next++, Types.INTEGER);
      }
      return this;
    }

    Parameters id(@Nullable UUID value) throws SQLException {
      if (value == null) {
        statement.setNull(next++, Types.OTHER);
      } else {
        statement.setObject(next++, value);
      }
      return this;
    }

    Parameters time(@Nullable Instant value) throws SQLException {
      if (value == null) {
        statement.setNull(next++, Types.TIMESTAMP_WITH_TIMEZONE);
      } else {
        statement.setObject(next++, OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
      }
      return this;
    }
  }
}

package io.brrtrouter.examples.petstore.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a result that is being read. A column is never null, unless asked for optionally. */
public final class Row {
  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  /**
   * {@return a text}
   *
   * @param column its name
   */
  public String text(String column) {
    return required(column, String.class);
  }

  /**
   * {@return a text, if there is one}
   *
   * @param column its name
   */
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(read(column, String.class));
  }

  /**
   * {@return an integer}
   *
   * @param column its name
   */
  public int integer(String column) {
    return required(column, Integer.class);
  }

  /**
   * {@return an integer, if there is one}
   *
   * @param column its name
   */
  public Optional<Integer> optionalInteger(String column) {
    return Optional.ofNullable(read(column, Integer.class));
  }

  /**
   * {@return a large integer}
   *
   * @param column its name
   */
  public long number(String column) {
    return required(column, Long.class);
  }

  /**
   * {@return a large integer, if there is one}
   *
   * @param column its name
   */
  public Optional<Long> optionalNumber(String column) {
    return Optional.ofNullable(read(column, Long.class));
  }

  /**
   * {@return yes or no}
   *
   * @param column its name
   */
  public boolean is(String column) {
    return required(column, Boolean.class);
  }

  /**
   * {@return a decimal, with the digits of its column}
   *
   * @param column its name
   */
  public BigDecimal decimal(String column) {
    return required(column, BigDecimal.class);
  }

  /**
   * {@return a moment}
   *
   * @param column its name
   */
  public Instant instant(String column) {
    return required(column, OffsetDateTime.class).toInstant();
  }

  /**
   * {@return a day}
   *
   * @param column its name
   */
  public LocalDate date(String column) {
    return required(column, LocalDate.class);
  }

  /**
   * {@return an identifier}
   *
   * @param column its name
   */
  public UUID id(String column) {
    return required(column, UUID.class);
  }

  /**
   * {@return bytes}
   *
   * @param column its name
   */
  public byte[] octets(String column) {
    return Objects.requireNonNull(bytes(column), column);
  }

  /**
   * {@return bytes, if there are any}
   *
   * @param column its name
   */
  public Optional<byte[]> optionalOctets(String column) {
    return Optional.ofNullable(bytes(column));
  }

  private byte @Nullable [] bytes(String column) {
    try {
      return results.getBytes(column);
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }

  private <T> T required(String column, Class<T> type) {
    return Objects.requireNonNull(read(column, type), column);
  }

  private <T> @Nullable T read(String column, Class<T> type) {
    try {
      return results.getObject(column, type);
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }
}

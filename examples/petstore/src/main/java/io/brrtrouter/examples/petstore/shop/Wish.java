package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.Color;
import io.brrtrouter.examples.petstore.generated.model.SearchFilter;
import io.brrtrouter.examples.petstore.generated.model.SearchSortItem;
import io.brrtrouter.examples.petstore.generated.model.Species;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a customer is looking for. The database compares and sorts, so that what is read is what is
 * shown.
 *
 * @param words a part of the name, in small or capital letters
 * @param species of which the pets are; none for all
 * @param colors of which what is found has one; none for all
 * @param seen numbers of pets not to find
 * @param filter bounds
 * @param order what comes first
 */
public record Wish(
    String words,
    List<Species> species,
    List<Color> colors,
    List<Long> seen,
    SearchFilter filter,
    List<SearchSortItem> order) {
  private static final int REPLACEMENT = 0xFFFD;

  /** Copies the lists. */
  public Wish {
    species = List.copyOf(species);
    colors = List.copyOf(colors);
    seen = List.copyOf(seen);
    order = List.copyOf(order);
  }

  Condition ofPets() {
    List<Condition> parts = ofAnything();
    parts.addAll(anyOf("species", species, Species::value));
    seen.stream().distinct().map(id -> Condition.of("id <> ?", id)).forEach(parts::add);
    if (filter.bornAfter() != null) {
      parts.add(Condition.of("birth_date > ?", filter.bornAfter()));
    }
    return Condition.all(parts);
  }

  /** Whoever asks for a species or an age asks for a pet. */
  Condition ofItems() {
    boolean petsOnly = !species.isEmpty() || filter.bornAfter() != null;
    return petsOnly ? Condition.any(List.of()) : Condition.all(ofAnything());
  }

  private List<Condition> ofAnything() {
    List<Condition> parts = new ArrayList<>(anyOf("color", colors, Color::value));
    if (!words.isEmpty()) {
      parts.add(Condition.of("position(? in folded_name) > 0", folded(words)));
    }
    if (filter.minPrice() != null) {
      parts.add(Condition.of("price >= ?", Items.cents(filter.minPrice())));
    }
    if (filter.maxPrice() != null) {
      parts.add(Condition.of("price <= ?", Items.cents(filter.maxPrice())));
    }
    return parts;
  }

  private static <T> List<Condition> anyOf(
      String column, List<T> values, Function<T, String> name) {
    List<Condition> each =
        values.stream()
            .distinct()
            .map(value -> Condition.of(column + " = ?", name.apply(value)))
            .toList();
    return each.isEmpty() ? List.of() : List.of(Condition.any(each));
  }

  /** {@return the columns to sort by; those that are alike in all of them keep their order} */
  String columns() {
    StringBuilder columns = new StringBuilder();
    for (SearchSortItem each : order) {
      columns.append(
          switch (each) {
            case NAME -> "name, ";
            case MINUS_NAME -> "name desc, ";
            case PRICE -> "price, ";
            case MINUS_PRICE -> "price desc, ";
          });
    }
    return columns + "id";
  }

  /**
   * {@return a name as it is looked for: how databases make small letters depends on the locale}
   */
  static String folded(String name) {
    return kept(name).toLowerCase(Locale.ROOT);
  }

  /** {@return a name as every database can keep it} */
  static String kept(String name) {
    return name.codePoints()
        .map(each -> each == 0 || isHalf(each) ? REPLACEMENT : each)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}

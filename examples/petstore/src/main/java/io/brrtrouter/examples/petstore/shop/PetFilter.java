package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import io.brrtrouter.examples.petstore.generated.model.Species;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pets must be.
 *
 * @param species dog, cat or bird; null for any
 * @param statuses one of these; empty for any
 * @param tags tagged with all of these
 * @param maxPrice not dearer than this, in euros; null for any price
 */
public record PetFilter(
    @Nullable Species species,
    List<PetStatus> statuses,
    List<String> tags,
    @Nullable BigDecimal maxPrice) {
  /** Looks for nothing twice. */
  public PetFilter {
    statuses = statuses.stream().distinct().toList();
    tags = tags.stream().distinct().toList();
  }

  Condition condition() {
    List<Condition> parts = new ArrayList<>();
    if (species != null) {
      parts.add(Condition.of("species = ?", species.value()));
    }
    if (!statuses.isEmpty()) {
      parts.add(
          Condition.any(
              statuses.stream()
                  .map(status -> Condition.of("status = ?", status.value()))
                  .toList()));
    }
    for (String tag : tags) {
      parts.add(Condition.of("exists (select 1 from pet_tags where pet = id and tag = ?)", tag));
    }
    if (maxPrice != null) {
      parts.add(Condition.of("price <= ?", Items.cents(maxPrice)));
    }
    return Condition.all(parts);
  }
}

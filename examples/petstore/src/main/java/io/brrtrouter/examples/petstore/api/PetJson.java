package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.shop.Pet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pets as customers see them. */
final class PetJson {
  private PetJson() {}

  static JsonNode of(Pet pet) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", pet.id()).put("version", pet.version());
    json.setAll(pet.description());
    json.put("status", pet.status());
    json.remove("purchase_price");
    return json.put("created_at", pet.createdAt().toString());
  }

  static JsonNode of(List<Pet> pets) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode(pets.size());
    pets.forEach(pet -> json.add(of(pet)));
    return json;
  }
}

package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.model.Bird;
import io.brrtrouter.examples.petstore.generated.model.BirdInput;
import io.brrtrouter.examples.petstore.generated.model.Cat;
import io.brrtrouter.examples.petstore.generated.model.CatInput;
import io.brrtrouter.examples.petstore.generated.model.Dog;
import io.brrtrouter.examples.petstore.generated.model.DogInput;
import io.brrtrouter.examples.petstore.generated.model.Pet;
import io.brrtrouter.examples.petstore.generated.model.PetInput;
import java.time.ZoneOffset;
import java.util.List;

/** Pets as customers see them: with number and dates, without what we paid. */
final class PetViews {
  private PetViews() {}

  static Pet of(io.brrtrouter.examples.petstore.shop.Pet pet) {
    PetInput told = pet.description();
    return builder(told)
        .id(pet.id())
        .version(pet.version())
        .name(told.name())
        .status(told.status())
        .price(told.price())
        .birthDate(told.birthDate())
        .color(told.color())
        .tags(told.tags())
        .owner(told.owner())
        .chip(told.chip())
        .microchip(told.microchip())
        .createdAt(pet.createdAt().atOffset(ZoneOffset.UTC))
        .build();
  }

  /** What only one species has. */
  private static Pet.Builder builder(PetInput told) {
    return switch (told) {
      case DogInput dog -> Dog.builder().breed(dog.breed()).trained(dog.trained());
      case CatInput cat -> Cat.builder().indoor(cat.indoor()).lives(cat.lives());
      case BirdInput bird ->
          Bird.builder()
              .wingspanCm(bird.wingspanCm())
              .talks(bird.talks())
              .vocabulary(bird.vocabulary());
    };
  }

  static List<Pet> of(List<io.brrtrouter.examples.petstore.shop.Pet> pets) {
    return pets.stream().map(PetViews::of).toList();
  }
}

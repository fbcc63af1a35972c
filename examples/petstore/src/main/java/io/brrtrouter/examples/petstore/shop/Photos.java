package io.brrtrouter.examples.petstore.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Pictures of pets. Safe for use by many threads. */
public final class Photos {
  private final ConcurrentMap<Long, List<Photo>> photos = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, byte[]> avatars = new ConcurrentHashMap<>();
  private final Pets pets;

  Photos(Pets pets) {
    this.pets = pets;
    pets.whenRemoved(this::forget);
  }

  private void forget(long pet) {
    photos.remove(pet);
    avatars.remove(pet);
  }

  /**
   * {@return the photos of a pet, oldest first}
   *
   * @param pet the pet's number
   * @throws Refusal if there is no such pet
   */
  public List<Photo> of(long pet) {
    return photos.getOrDefault(pets.get(pet).id(), List.of());
  }

  /**
   * {@return a photo}
   *
   * @param pet the pet's number
   * @param number the photo's number
   * @throws Refusal if there is no such pet or photo
   */
  public Photo get(long pet, long number) {
    return of(pet).stream()
        .filter(photo -> photo.number() == number)
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("photo", number));
  }

  /**
   * Adds photos of a pet.
   *
   * @param pet the pet's number
   * @param added the photos; they get their numbers here
   * @return the photos as kept
   * @throws Refusal if there is no such pet
   */
  public List<Photo> add(long pet, List<Photo> added) {
    List<Photo> all =
        photos.merge(
            pets.get(pet).id(),
            numbered(added, 0),
            (before, _) -> {
              List<Photo> after = new ArrayList<>(before);
              after.addAll(numbered(added, before.size()));
              return List.copyOf(after);
            });
    forgetUnlessKept(pet);
    return all.subList(all.size() - added.size(), all.size());
  }

  /**
   * Says what a photo shows.
   *
   * @param pet the pet's number
   * @param number the photo's number
   * @param caption what it shows
   * @throws Refusal if there is no such pet or photo
   */
  public void describe(long pet, long number, String caption) {
    get(pet, number);
    photos.computeIfPresent(
        pet,
        (_, all) ->
            all.stream()
                .map(photo -> photo.number() == number ? photo.withCaption(caption) : photo)
                .toList());
  }

  private static List<Photo> numbered(List<Photo> photos, int before) {
    List<Photo> numbered = new ArrayList<>();
    for (Photo photo : photos) {
      numbered.add(photo.withNumber(before + numbered.size() + 1));
    }
    return List.copyOf(numbered);
  }

  /**
   * {@return the small picture of a pet, if it has one}
   *
   * @param pet the pet's number
   * @throws Refusal if there is no such pet
   */
  public Optional<byte[]> avatar(long pet) {
    return Optional.ofNullable(avatars.get(pets.get(pet).id()));
  }

  /**
   * Sets the small picture of a pet.
   *
   * @param pet the pet's number
   * @param png the picture
   * @throws Refusal if there is no such pet
   */
  public void setAvatar(long pet, byte[] png) {
    avatars.put(pets.get(pet).id(), png);
    forgetUnlessKept(pet);
  }

  /** The pet may have been removed while its picture came in. */
  private void forgetUnlessKept(long pet) {
    try {
      pets.get(pet);
    } catch (Refusal gone) {
      forget(pet);
      throw gone;
    }
  }
}

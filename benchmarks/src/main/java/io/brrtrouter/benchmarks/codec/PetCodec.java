package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.codec.Constraints;
import io.brrtrouter.schema.codec.Divisor;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonFragment;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.JsonPattern;
import io.brrtrouter.schema.codec.TextTable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads and writes {@link Pet}. */
public final class PetCodec implements JsonCodec<Pet> {

  /** The codec; it has no state. */
  public static final PetCodec INSTANCE = new PetCodec();

  private static final int ID = 0;
  private static final int NAME = 1;
  private static final int SPECIES = 2;
  private static final int AGE = 3;
  private static final int PRICE = 4;
  private static final int TAGS = 5;
  private static final int OWNER = 6;
  private static final int STATUS = 7;
  private static final int CREATED_AT = 8;
  private static final int VACCINATED = 9;
  private static final int WEIGHT_KG = 10;
  private static final int NICKNAME = 11;
  private static final TextTable FIELDS =
      TextTable.of(
          "id",
          "name",
          "species",
          "age",
          "price",
          "tags",
          "owner",
          "status",
          "created_at",
          "vaccinated",
          "weight_kg",
          "nickname");
  private static final long REQUIRED =
      (1L << ID)
          | (1L << NAME)
          | (1L << SPECIES)
          | (1L << AGE)
          | (1L << PRICE)
          | (1L << OWNER)
          | (1L << STATUS)
          | (1L << CREATED_AT);

  private static final JsonFragment ID_FIELD = JsonFragment.name("id");
  private static final JsonFragment NAME_FIELD = JsonFragment.name("name");
  private static final JsonFragment SPECIES_FIELD = JsonFragment.name("species");
  private static final JsonFragment AGE_FIELD = JsonFragment.name("age");
  private static final JsonFragment PRICE_FIELD = JsonFragment.name("price");
  private static final JsonFragment TAGS_FIELD = JsonFragment.name("tags");
  private static final JsonFragment OWNER_FIELD = JsonFragment.name("owner");
  private static final JsonFragment STATUS_FIELD = JsonFragment.name("status");
  private static final JsonFragment CREATED_AT_FIELD = JsonFragment.name("created_at");
  private static final JsonFragment VACCINATED_FIELD = JsonFragment.name("vaccinated");
  private static final JsonFragment WEIGHT_KG_FIELD = JsonFragment.name("weight_kg");
  private static final JsonFragment NICKNAME_FIELD = JsonFragment.name("nickname");

  private static final JsonPattern SPECIES_PATTERN = JsonPattern.of("^[a-z]{2,20}$");
  private static final BigDecimal PRICE_EXCLUSIVE_MINIMUM = new BigDecimal("0");
  private static final Divisor PRICE_MULTIPLE_OF = Divisor.of("0.01");
  private static final BigDecimal WEIGHT_KG_MINIMUM = new BigDecimal("0");

  private PetCodec() {}

  @Override
  @SuppressWarnings("NullAway") // REQUIRED says what is set
  public Pet read(JsonInput in) {
    UUID id = null;
    String name = null;
    String species = null;
    int age = 0;
    BigDecimal price = null;
    List<String> tags = List.of();
    Owner owner = null;
    Pet.Status status = null;
    OffsetDateTime createdAt = null;
    boolean vaccinated = false;
    BigDecimal weightKg = null;
    Field<String> nickname = Field.absent();
    long seen = 0;
    in.beginObject();
    for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
      seen = in.once(seen, field);
      switch (field) {
        case ID -> id = in.readUuid();
        case NAME -> name = readName(in);
        case SPECIES -> species = readSpecies(in);
        case AGE -> age = readAge(in);
        case PRICE -> price = readPrice(in);
        case TAGS -> tags = readTags(in);
        case OWNER -> owner = OwnerCodec.INSTANCE.read(in);
        case STATUS -> status = PetStatusCodec.INSTANCE.read(in);
        case CREATED_AT -> createdAt = in.readDateTime();
        case VACCINATED -> vaccinated = in.readBoolean();
        case WEIGHT_KG -> weightKg = readWeightKg(in);
        case NICKNAME -> nickname = readNickname(in);
        default -> skipUnknown(in);
      }
    }
    if ((seen & REQUIRED) != REQUIRED) {
      throw in.refuse();
    }
    return new Pet(
        id,
        name,
        species,
        age,
        price,
        tags,
        owner,
        status,
        createdAt,
        vaccinated,
        weightKg,
        nickname);
  }

  private static String readName(JsonInput in) {
    String name = in.readString();
    if (in.checking() && !isName(name)) {
      throw in.refuse();
    }
    return name;
  }

  private static String readSpecies(JsonInput in) {
    String species = in.readString();
    if (in.checking() && !isSpecies(species)) {
      throw in.refuse();
    }
    return species;
  }

  private static int readAge(JsonInput in) {
    int age = in.readInt();
    if (in.checking() && !isAge(age)) {
      throw in.refuse();
    }
    return age;
  }

  private static BigDecimal readPrice(JsonInput in) {
    BigDecimal price = in.readDecimal();
    if (in.checking() && !isPrice(price)) {
      throw in.refuse();
    }
    return price;
  }

  private static List<String> readTags(JsonInput in) {
    List<String> tags = new ArrayList<>();
    in.beginArray();
    while (in.nextItem()) {
      tags.add(readTagsItem(in));
    }
    if (in.checking() && !isTags(tags)) {
      throw in.refuse();
    }
    return List.copyOf(tags);
  }

  private static String readTagsItem(JsonInput in) {
    String item = in.readString();
    if (in.checking() && !isTagsItem(item)) {
      throw in.refuse();
    }
    return item;
  }

  private static BigDecimal readWeightKg(JsonInput in) {
    BigDecimal weightKg = in.readDecimal();
    if (in.checking() && !isWeightKg(weightKg)) {
      throw in.refuse();
    }
    return weightKg;
  }

  private static Field<String> readNickname(JsonInput in) {
    if (in.readNull()) {
      return Field.ofNull();
    }
    String nickname = in.readString();
    if (in.checking() && !isNickname(nickname)) {
      throw in.refuse();
    }
    return Field.of(nickname);
  }

  private static void skipUnknown(JsonInput in) {
    if (in.checking()) {
      throw in.refuse();
    }
    in.skip();
  }

  @Override
  public void write(Pet value, JsonOutput out) {
    out.beginObject();
    out.name(ID_FIELD);
    out.writeUuid(value.id());
    out.name(NAME_FIELD);
    writeName(value.name(), out);
    out.name(SPECIES_FIELD);
    writeSpecies(value.species(), out);
    out.name(AGE_FIELD);
    writeAge(value.age(), out);
    out.name(PRICE_FIELD);
    writePrice(value.price(), out);
    out.name(TAGS_FIELD);
    writeTags(value.tags(), out);
    out.name(OWNER_FIELD);
    OwnerCodec.INSTANCE.write(value.owner(), out);
    out.name(STATUS_FIELD);
    PetStatusCodec.INSTANCE.write(value.status(), out);
    out.name(CREATED_AT_FIELD);
    out.writeDateTime(value.createdAt());
    out.name(VACCINATED_FIELD);
    out.writeBoolean(value.vaccinated());
    if (value.weightKg() != null) {
      out.name(WEIGHT_KG_FIELD);
      writeWeightKg(value.weightKg(), out);
    }
    if (value.nickname() instanceof Field.Value<String>(String nickname)) {
      out.name(NICKNAME_FIELD);
      writeNickname(nickname, out);
    } else if (value.nickname() instanceof Field.Null) {
      out.name(NICKNAME_FIELD);
      out.writeNull();
    }
    out.endObject();
  }

  private static void writeName(String name, JsonOutput out) {
    if (out.checking() && !isName(name)) {
      out.violation();
    }
    out.writeString(name);
  }

  private static void writeSpecies(String species, JsonOutput out) {
    if (out.checking() && !isSpecies(species)) {
      out.violation();
    }
    out.writeString(species);
  }

  private static void writeAge(int age, JsonOutput out) {
    if (out.checking() && !isAge(age)) {
      out.violation();
    }
    out.writeLong(age);
  }

  private static void writePrice(BigDecimal price, JsonOutput out) {
    if (out.checking() && !isPrice(price)) {
      out.violation();
    }
    out.writeDecimal(price);
  }

  private static void writeTags(List<String> tags, JsonOutput out) {
    if (out.checking() && !isTags(tags)) {
      out.violation();
    }
    out.beginArray();
    for (String item : tags) {
      out.item();
      writeTagsItem(item, out);
    }
    out.endArray();
  }

  private static void writeTagsItem(String item, JsonOutput out) {
    if (out.checking() && !isTagsItem(item)) {
      out.violation();
    }
    out.writeString(item);
  }

  private static void writeWeightKg(BigDecimal weightKg, JsonOutput out) {
    if (out.checking() && !isWeightKg(weightKg)) {
      out.violation();
    }
    out.writeDecimal(weightKg);
  }

  private static void writeNickname(String nickname, JsonOutput out) {
    if (out.checking() && !isNickname(nickname)) {
      out.violation();
    }
    out.writeString(nickname);
  }

  private static boolean isName(String name) {
    return Constraints.hasLength(name, 1, 80);
  }

  private static boolean isSpecies(String species) {
    return SPECIES_PATTERN.matches(species);
  }

  private static boolean isAge(int age) {
    return age >= 0 && age <= 100;
  }

  private static boolean isPrice(BigDecimal price) {
    return price.compareTo(PRICE_EXCLUSIVE_MINIMUM) > 0 && PRICE_MULTIPLE_OF.divides(price);
  }

  private static boolean isTags(List<String> tags) {
    return tags.size() <= 10 && Constraints.areUnique(tags);
  }

  private static boolean isTagsItem(String item) {
    return Constraints.hasLength(item, 0, 20);
  }

  private static boolean isWeightKg(BigDecimal weightKg) {
    return weightKg.compareTo(WEIGHT_KG_MINIMUM) >= 0;
  }

  private static boolean isNickname(String nickname) {
    return Constraints.hasLength(nickname, 0, 40);
  }
}

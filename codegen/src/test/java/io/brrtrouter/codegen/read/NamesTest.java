package io.brrtrouter.codegen.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of names that people give things in documents. */
class NamesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "list_pets, ListPets, listPets, LIST_PETS",
        "listPets, ListPets, listPets, LIST_PETS",
        "X-Total-Count, XTotalCount, xTotalCount, X_TOTAL_COUNT",
        "HTTPServer, HTTPServer, httpServer, HTTP_SERVER",
        "ID, ID, id, ID",
        "iOS, IOS, iOS, I_OS",
        "2fa, _2fa, _2fa, _2FA",
        "class, Class, class_, CLASS",
        "_, Empty, underscore, UNDERSCORE",
        "\"\", Empty, empty, EMPTY",
        "$ref, Ref, ref, REF",
        "@type, Type, type, TYPE",
        "+1, _1, _1, PLUS_1",
        "-1, _1, _1, MINUS_1",
        "<=, Empty, less_equal, LESS_EQUAL",
        "a.b/c d, ABCD, aBCD, A_B_C_D",
        "größe, Größe, größe, GRÖSSE",
        "名前, 名前, 名前, 名前",
        "e\u0301tat, État, état, ÉTAT",
        "😀, Empty, sign_sign, SIGN_SIGN",
        "hashCode, HashCode, hashCode_, HASH_CODE",
        "get-class, GetClass, getClass_, GET_CLASS",
        "notify, Notify, notify_, NOTIFY",
        "builder, BuilderValue, builder_, BUILDER",
        "String, StringValue, string, STRING",
        "true, True, true_, TRUE",
        "record, Record, record, RECORD",
        "var, Var, var, VAR",
        "yield, Yield, yield_, YIELD"
      })
  void a_name_becomes_a_class_a_member_and_a_constant(
      String name, String type, String member, String constant) {
    assertThat(Names.type(name)).isEqualTo(type);
    assertThat(Names.member(name)).isEqualTo(member);
    assertThat(Names.constant(name)).isEqualTo(constant);
  }

  @Test
  void the_first_comer_keeps_the_plain_name() {
    Names.Scope members = Names.Scope.ofMembers();

    assertThat(members.take("name")).isEqualTo("name");
    assertThat(members.take("Name")).isEqualTo("Name");
    assertThat(members.take("name")).isEqualTo("name2");
    assertThat(members.take("name")).isEqualTo("name3");
    assertThat(members.take("name2")).isEqualTo("name2_2");
  }

  @Test
  void files_differ_by_more_than_case() {
    Names.Scope classes = Names.Scope.ofFiles();

    assertThat(classes.take("Pet")).isEqualTo("Pet");
    assertThat(classes.take("PET")).isEqualTo("PET2");
  }

  @Test
  void names_of_classes_end_before_they_fill_a_line() {
    assertThat(Names.shortened("A".repeat(3) + "Bcdefghij".repeat(10)))
        .isEqualTo("AAA" + "Bcdefghij".repeat(6));
    assertThat(Names.shortened("x".repeat(100))).hasSize(62);
    assertThat(Names.shortened("Pet")).isEqualTo("Pet");
  }

  @Test
  void names_of_classes_leave_room_in_the_name_of_a_file() {
    assertThat(Names.bounded("A" + "x".repeat(104))).hasSize(105);
    assertThat(Names.bounded("A" + "x".repeat(105))).hasSize(105);
    assertThat(Names.bounded("Xx".repeat(60))).isEqualTo("Xx".repeat(52));
    assertThat(Names.bounded("名".repeat(260))).isEqualTo("名".repeat(35));
    assertThat(Names.bounded("𝒜".repeat(260))).isEqualTo("𝒜".repeat(26));
    assertThat(Names.shortened("名".repeat(260))).isEqualTo("名".repeat(35));
  }
}

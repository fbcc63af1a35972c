package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.shared.model.Person;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** A certificate of insurance: a PDF (ISO 32000) of one page. */
public final class Certificate {
  private static final Charset LATIN = Charset.forName("windows-1252");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  private Certificate() {}

  /**
   * {@return the file}
   *
   * @param contract what is certified
   * @param holder who has the contract
   */
  public static byte[] of(Contract contract, Person holder) {
    return new Certificate()
        .write(
            List.of(
                "Certificate of insurance " + contract.number(),
                holder.name(),
                holder.address().street(),
                holder.address().postalCode() + " " + holder.address().city(),
                "Insured: " + contract.risk().product(),
                "From " + contract.starts() + " to " + contract.ends()));
  }

  private byte[] write(List<String> lines) {
    print("%PDF-1.4\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    object(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            + " /Resources << /Font << /F 5 0 R >> >> >>");
    String text = page(lines);
    object("<< /Length %d >>\nstream\n%s\nendstream".formatted(text.getBytes(LATIN).length, text));
    object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    int table = out.size();
    print("xref\n0 %d\n0000000000 65535 f \n".formatted(offsets.size() + 1));
    offsets.forEach(offset -> print("%010d 00000 n \n".formatted(offset)));
    print(
        "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(offsets.size() + 1, table));
    return out.toByteArray();
  }

  private static String page(List<String> lines) {
    StringBuilder page = new StringBuilder("BT /F 14 Tf 72 760 Td 22 TL");
    for (String line : lines) {
      // Unescaped, these would end the text.
      page.append(" (").append(line.replaceAll("([\\\\()])", "\\\\$1")).append(") Tj T*");
    }
    return page.append(" ET").toString();
  }

  private void object(String content) {
    offsets.add(out.size());
    print(offsets.size() + " 0 obj\n" + content + "\nendobj\n");
  }

  private void print(String text) {
    out.writeBytes(text.getBytes(LATIN));
  }
}

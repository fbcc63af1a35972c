package io.brrtrouter.codegen;
import io.brrtrouter.openapi.*;
import java.nio.file.*;
import java.util.*;
class Probe {
  static final String FIELD = "package io.brrtrouter.schema.codec; public sealed interface Field<T> { record Absent<T>() implements Field<T> {} record Null<T>() implements Field<T> {} record Value<T>(T value) implements Field<T> {} static <T> Field<T> absent() { return new Absent<>(); } static <T> Field<T> of(T value) { return new Value<>(value); } static <T> Field<T> ofNull() { return new Null<>(); } }";
  public static void main(String[] args) throws Exception {
    for (String arg : args) {
      if (arg.startsWith("-")) continue;
      long t0=System.nanoTime();
      Loaded loaded = OpenApiLoader.load(Path.of(arg), LoadOptions.defaults());
      if (loaded.hasErrors()) { System.out.println(arg+": errors "+loaded.findings().stream().filter(f->f.severity()==Severity.ERROR).limit(3).toList()); continue; }
      long t1=System.nanoTime();
      Generation g = Generator.generate(loaded, GeneratorOptions.of("com.example.shop"));
      long t2=System.nanoTime();
      System.out.println("== "+arg+" files "+g.files().size()+" findings "+g.findings().size()+" unfused "+g.unfused().size()+" load "+(t1-t0)/1000000+" gen "+(t2-t1)/1000000);
      Map<String,Integer> rules=new TreeMap<>();
      g.findings().forEach(f->rules.merge(f.rule(),1,Integer::sum)); System.out.println(rules);
      rules.clear(); g.unfused().forEach(u->u.causes().forEach(c->rules.merge(c.keyword()+": "+c.reason(),1,Integer::sum))); System.out.println(rules);
      if (Arrays.asList(args).contains("-v")) { g.findings().forEach(System.out::println); g.unfused().forEach(System.out::println); }
      if (Arrays.asList(args).contains("-p")) g.files().forEach(f->System.out.println("---- "+f.path()+"\n"+f.text()));
      List<String> bad = Java.unformatted(g.files());
      System.out.println("unformatted: "+bad.size()); bad.stream().limit(12).forEach(System.out::println);
      long t3=System.nanoTime();
      List<SourceFile> all=new ArrayList<>(g.files()); all.add(new SourceFile("io/brrtrouter/schema/codec/Field.java", FIELD));
      String out=Java.compile(all);
      System.out.println("javac "+(System.nanoTime()-t3)/1000000+"ms "+out.lines().limit(20).reduce("",(a,b)->a+"\n"+b));
    }
  }
}

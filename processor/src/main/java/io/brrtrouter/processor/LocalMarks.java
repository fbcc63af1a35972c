package io.brrtrouter.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what is marked in local and anonymous classes. The compiler shows those to no processor,
 * but javac has their trees; other compilers have none, and there nothing is said.
 */
final class LocalMarks extends TreePathScanner<@Nullable Void, CompilationUnitTree> {
  private static final String SIMPLE =
      HandlerForProcessor.ANNOTATION.substring(HandlerForProcessor.ANNOTATION.lastIndexOf('.') + 1);
  private static final String ALL =
      HandlerForProcessor.ANNOTATION.substring(
              0, HandlerForProcessor.ANNOTATION.length() - SIMPLE.length())
          + "*";

  private final Trees trees;

  /** How many classes that have no name of their own the scanner is in. */
  private int depth;

  private LocalMarks(Trees trees) {
    this.trees = trees;
  }

  /**
   * Refuses what is marked in local classes.
   *
   * @param environment where to find and say it
   * @param roots the classes to look into
   */
  static void refuse(ProcessingEnvironment environment, Set<? extends Element> roots) {
    if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
      return;
    }
    Trees trees;
    try {
      trees = Trees.instance(environment);
    } catch (IllegalArgumentException notJavac) {
      return;
    }
    for (Element root : roots) {
      @Nullable TreePath path = trees.getPath(root);
      if (path != null) {
        new LocalMarks(trees).scan(path, path.getCompilationUnit());
      }
    }
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, CompilationUnitTree unit) {
    boolean isLocal = depth > 0 || !isMember(getCurrentPath().getParentPath());
    depth += isLocal ? 1 : 0;
    super.visitClass(type, unit);
    depth -= isLocal ? 1 : 0;
    return null;
  }

  private static boolean isMember(@Nullable TreePath parent) {
    return parent == null
        || parent.getLeaf() instanceof ClassTree
        || parent.getLeaf() instanceof CompilationUnitTree;
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationTree annotation, CompilationUnitTree unit) {
    if (depth > 0 && isMark(annotation.getAnnotationType(), unit)) {
      trees.printMessage(
          Diagnostic.Kind.ERROR,
          "@HandlerFor cannot be in a local or anonymous class, which nobody else can name; give"
              + " the class a name outside of methods",
          annotation,
          unit);
    }
    return super.visitAnnotation(annotation, unit);
  }

  /** What is in bodies has no types yet: its name and the imports have to tell. */
  private static boolean isMark(Tree type, CompilationUnitTree unit) {
    String name = type.toString();
    return name.equals(HandlerForProcessor.ANNOTATION)
        || (name.equals(SIMPLE)
            && unit.getImports().stream()
                .map(each -> each.getQualifiedIdentifier().toString())
                .anyMatch(each -> each.equals(HandlerForProcessor.ANNOTATION) || each.equals(ALL)));
  }
}

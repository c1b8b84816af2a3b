package io.floodmark.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a pom.xml says about modules and dependencies, read as it stands, without inheritance. */
record Pom(Element project) {

  private static final String OURS = "io.floodmark";

  /**
   * Reads a folder's pom.xml.
   *
   * @throws IllegalStateException when it is missing or is no XML
   */
  static Pom read(Path folder) {
    Path file = folder.resolve("pom.xml");
    try {
      return new Pom(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("Cannot read " + file, e);
    }
  }

  /** Folders of the modules that this POM builds. */
  List<String> modules() {
    return children(project, "modules").stream()
        .flatMap(modules -> children(modules, "module").stream())
        .map(module -> module.getTextContent().strip())
        .toList();
  }

  /** Modules of ours among the direct dependencies of one scope. */
  Set<String> dependenciesOnOurs(String scope) {
    Set<String> artifacts = new TreeSet<>();
    for (Element dependency : dependencies()) {
      String itsScope = text(dependency, "scope");
      if (text(dependency, "groupId").equals(OURS)
          && scope.equals(itsScope.isEmpty() ? "compile" : itsScope)) {
        artifacts.add(text(dependency, "artifactId"));
      }
    }
    return artifacts;
  }

  /** Group ids of all direct dependencies, whatever their scope. */
  Set<String> dependencyGroups() {
    Set<String> groups = new TreeSet<>();
    dependencies().forEach(dependency -> groups.add(text(dependency, "groupId")));
    return groups;
  }

  private List<Element> dependencies() {
    return children(project, "dependencies").stream()
        .flatMap(dependencies -> children(dependencies, "dependency").stream())
        .toList();
  }

  private static String text(Element parent, String name) {
    return children(parent, name).stream()
        .map(child -> child.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}

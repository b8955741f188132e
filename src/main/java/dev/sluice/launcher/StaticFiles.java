package dev.sluice.launcher;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The console's files; an app server has a default servlet for them, Grizzly has none. */
final class StaticFiles extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  private final transient Path root;

  StaticFiles(Path root) {
    this.root = root;
  }

  @Serial
  private Object writeReplace() throws ObjectStreamException {
    throw new java.io.NotSerializableException(getClass().getName());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String uri = request.getRequestURI().substring(request.getContextPath().length());
    if (uri.isEmpty()) {
      response.sendRedirect(request.getContextPath() + "/");
      return;
    }
    Path file = find(uri.equals("/") ? "index.html" : uri.substring(1));
    if (file == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType(typeOf(file));
    response.setContentLengthLong(Files.size(file));
    response.setHeader("Cache-Control", "no-cache");
    Files.copy(file, response.getOutputStream());
  }

  private @Nullable Path find(String name) {
    try {
      Path file = root.resolve(name).normalize();
      return file.startsWith(root) && Files.isRegularFile(file) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String typeOf(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(extension, "application/octet-stream");
  }
}

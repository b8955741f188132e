package dev.sluice.http;

import jakarta.enterprise.context.Dependent;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * {@code POST /api/ssh/banner} with {@code {"host","port"?}}: how an SSH server names itself,
 * answered as {@link BannerAnswer} says.
 */
@Dependent
@WebServlet(urlPatterns = "/api/ssh/banner", asyncSupported = true)
public class SshBannerApi extends ProbeServlet {

  public SshBannerApi() {
    super("POST", ProbeKind.SSH);
  }

  @Override
  Asked read(HttpServletRequest request) throws IOException {
    return new Asked(
        ProbeRequest.ssh(request.getContentType(), RequestBody.read(request)), AnswerFormat.JSON);
  }
}

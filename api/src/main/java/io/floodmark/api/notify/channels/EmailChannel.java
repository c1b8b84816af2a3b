package io.floodmark.api.notify.channels;

import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Outcome;
import io.floodmark.api.notify.Said;
import io.floodmark.api.notify.Said.Sentence;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends plain-text e-mail over a server of the ward's or its provider's. */
public final class EmailChannel implements Channel {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final int SUBMISSION_PORT = 587;

  /** How the client begins to say that no recipient was accepted, for which it has no type. */
  private static final String NOBODY = "no recipient addresses were accepted";

  private final Vertx vertx;
  private final ChannelSetup setup;
  private final MessageText text;

  private EmailChannel(Vertx vertx, ChannelSetup setup, MessageText text) {
    this.vertx = vertx;
    this.setup = setup;
    this.text = text;
  }

  /** E-mail over event loops of {@code vertx}; a connection for each message. */
  public static Opener opener(Vertx vertx, MessageText text) {
    return setup -> new EmailChannel(vertx, setup, text);
  }

  @Override
  public Outcome send(Message message) throws InterruptedException {
    long began = System.nanoTime();
    try {
      Optional<Said> forbidden =
          AddressRule.WITH_LOOPBACK.whyForbidden(setup.setting("host"), InetAddress::getAllByName);
      if (forbidden.isPresent()) {
        return new Outcome(Outcome.Kind.REFUSED, forbidden.get());
      }
      return taken(sendMail(message, true, SEND_WITHIN));
    } catch (UnknownHostException e) {
      return Outcome.retry(Sentence.HOST_UNKNOWN, "host", setup.setting("host"));
    } catch (TimeoutException e) {
      return Outcome.retry(Sentence.MAIL_NOT_ANSWERED);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SMTPException) {
        return judged(e.getCause());
      }
      Duration left = SEND_WITHIN.minusNanos(System.nanoTime() - began);
      return String.valueOf(e.getCause().getMessage()).startsWith(NOBODY)
          ? whyNobody(message, left)
          : judged(e.getCause());
    }
  }

  /** The client does not say what the server had against them all: asked again, it does. */
  private Outcome whyNobody(Message message, Duration within) throws InterruptedException {
    try {
      return taken(sendMail(message, false, within));
    } catch (TimeoutException e) {
      return Outcome.retry(Sentence.MAIL_TAKEN_BY_NONE);
    } catch (ExecutionException e) {
      return judged(e.getCause());
    }
  }

  private MailResult sendMail(Message message, boolean evenForSome, Duration within)
      throws InterruptedException, ExecutionException, TimeoutException {
    MailClient client = MailClient.create(vertx, config().setAllowRcptErrors(evenForSome));
    try {
      return client
          .sendMail(mail(message))
          .toCompletionStage()
          .toCompletableFuture()
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      client.close();
    }
  }

  /** Whom it did not reach comes first: the list of the others may be cut. */
  private Outcome taken(MailResult result) {
    List<String> leftOut = new ArrayList<>(recipients(setup.setting("to")));
    leftOut.removeAll(result.getRecipients());
    String to = String.join(", ", result.getRecipients());
    return leftOut.isEmpty()
        ? Outcome.sent(Sentence.MAIL_TAKEN, "to", to)
        : Outcome.sent(Sentence.MAIL_TAKEN_BY_SOME, "others", String.join(", ", leftOut), "to", to);
  }

  /** RFC 5321 §4.2.1: a reply from 500 on means that the same again will not do. */
  private static Outcome judged(Throwable failure) {
    return failure instanceof SMTPException smtp && smtp.isPermanent()
        ? Outcome.refused(Sentence.MAIL_REFUSED, "why", failure.getMessage())
        : Outcome.retry(Sentence.MAIL_REFUSED, "why", failure.getMessage());
  }

  private MailConfig config() {
    MailConfig config =
        new MailConfig()
            .setHostname(setup.setting("host"))
            .setPort(
                setup.setting("port").isEmpty()
                    ? SUBMISSION_PORT
                    : Integer.parseInt(setup.setting("port")))
            .setKeepAlive(false)
            // In a pipeline DATA comes before the answers: its 554 would hide why all were refused.
            .setPipelining(false)
            .setMaxPoolSize(1);
    config.setConnectTimeout((int) CONNECT_WITHIN.toMillis());
    switch (setup.setting("security")) {
      // Without encryption, for a server in the same room.
      case "none" -> config.setStarttls(StartTLSOptions.DISABLED);
      case "tls" -> config.setSsl(true).setStarttls(StartTLSOptions.DISABLED);
      // Required, not optional: a password must not go out because somebody took STARTTLS off.
      default -> config.setStarttls(StartTLSOptions.REQUIRED);
    }
    if (setup.setting("user").isEmpty()) {
      config.setLogin(LoginOption.DISABLED);
    } else {
      config
          .setLogin(LoginOption.REQUIRED)
          .setUsername(setup.setting("user"))
          .setPassword(setup.secret());
    }
    return config;
  }

  private MailMessage mail(Message message) {
    String from = setup.setting("from");
    String domain = from.substring(from.indexOf('@') + 1);
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            // The same at every try, so that a mailbox that has it drops the second.
            .add("Message-ID", "<" + message.key() + "@" + domain + ">")
            // RFC 3834 §5: no answers of holiday robots to a robot.
            .add("Auto-Submitted", "auto-generated")
            .add("Content-Language", message.language().code());
    return new MailMessage()
        .setFrom(from)
        .setTo(recipients(setup.setting("to")))
        .setSubject(text.subject(message))
        .setText(text.body(message))
        .setHeaders(headers);
  }

  /** The addresses in a list with commas or lines. */
  public static List<String> recipients(String list) {
    return Arrays.stream(list.split("[,;\\s]+")).filter(text -> !text.isEmpty()).toList();
  }
}

package io.floodmark.api.notify.channels;

import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Outcome;
import io.floodmark.api.notify.Said;
import io.floodmark.api.notify.Said.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Posts messages to another system. */
public final class WebhookChannel implements Channel {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final ChannelSetup setup;
  private final HttpClient client;
  private final MessageText text;
  private final AddressRule rule;
  private final InstantSource clock;

  private WebhookChannel(
      ChannelSetup setup,
      HttpClient client,
      MessageText text,
      AddressRule rule,
      InstantSource clock) {
    this.setup = setup;
    this.client = client;
    this.text = text;
    this.rule = rule;
    this.clock = clock;
  }

  /** Webhooks within {@code rule}; one client serves all of them. */
  public static Opener opener(MessageText text, AddressRule rule, InstantSource clock) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            // An address that was checked must not lead to one that was not.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return setup -> new WebhookChannel(setup, client, text, rule, clock);
  }

  @Override
  public Outcome send(Message message) throws InterruptedException {
    String url = setup.setting("url");
    if (AddressRule.whyNot(url).isPresent()) {
      return Outcome.refused(Sentence.ADDRESS_WRONG, "url", url);
    }
    URI uri = URI.create(url);
    try {
      Optional<Said> forbidden = rule.whyForbidden(uri.getHost(), InetAddress::getAllByName);
      if (forbidden.isPresent()) {
        return new Outcome(Outcome.Kind.REFUSED, forbidden.get());
      }
      // The headers are what is waited for; the rest of an answer is nobody's.
      HttpResponse<InputStream> response =
          client.send(request(uri, message), HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return judged(response.statusCode());
    } catch (UnknownHostException e) {
      return Outcome.retry(Sentence.HOST_UNKNOWN, "host", uri.getHost());
    } catch (HttpConnectTimeoutException e) {
      return Outcome.retry(Sentence.NOT_CONNECTED, "seconds", CONNECT_WITHIN.toSeconds());
    } catch (HttpTimeoutException e) {
      return Outcome.retry(Sentence.NOT_ANSWERED, "seconds", ANSWER_WITHIN.toSeconds());
    } catch (IOException e) {
      return Outcome.retry(Sentence.CONNECTION_FAILED, "why", e);
    }
  }

  private HttpRequest request(URI uri, Message message) {
    byte[] body = MessageJson.of(message, text);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Floodmark")
            .header("Idempotency-Key", message.key().toString())
            .header("Floodmark-Timestamp", timestamp)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!setup.secret().isEmpty()) {
      request.header("Floodmark-Signature", Signature.of(setup.secret(), timestamp, body));
    }
    return request.build();
  }

  /** 408 and 429 ask for patience (RFC 9110 §15.5.9, RFC 6585 §4); other 4xx would say no again. */
  static Outcome judged(int status) {
    if (status >= 200 && status < 300) {
      return Outcome.sent(Sentence.ANSWERED, "status", status);
    }
    if (status >= 500 || status == 408 || status == 429) {
      return Outcome.retry(Sentence.ANSWERED, "status", status);
    }
    boolean redirected = status >= 300 && status < 400;
    return Outcome.refused(redirected ? Sentence.REDIRECTED : Sentence.ANSWERED, "status", status);
  }
}

package io.floodmark.e2e.api;

import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.Outcome;
import io.floodmark.api.notify.Said;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A channel that remembers what it was given, and answers as it is told. */
final class Mailbox {
  final List<Message> messages = new CopyOnWriteArrayList<>();
  final List<String> channels = new CopyOnWriteArrayList<>();
  private final Semaphore open = new Semaphore(0);
  private volatile boolean isBlocked;
  private volatile Function<Message, Outcome> answer =
      message -> Outcome.sent(Said.Sentence.ANSWERED, "status", 200);

  /** For all kinds. */
  Map<ChannelKind, Channel.Opener> openers() {
    return Map.of(
        ChannelKind.WEBHOOK, this::open,
        ChannelKind.EMAIL, this::open,
        ChannelKind.MQTT, this::open);
  }

  private Channel open(ChannelSetup setup) {
    return message -> {
      note(message, setup.name());
      if (isBlocked) {
        open.acquire();
      }
      return answer.apply(message);
    };
  }

  /** Both at once: senders of several channels come at the same time. */
  private synchronized void note(Message message, String channel) {
    messages.add(message);
    channels.add(channel);
  }

  void answer(Function<Message, Outcome> next) {
    answer = next;
  }

  /** From now on whoever sends waits until {@link #unblock}. */
  void block() {
    isBlocked = true;
  }

  void unblock() {
    isBlocked = false;
    open.release(1_000);
  }
}

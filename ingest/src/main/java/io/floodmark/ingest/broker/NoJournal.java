package io.floodmark.ingest.broker;

/** Keeps nothing: everything is as safe as it will ever be. */
final class NoJournal implements Journal {
  @Override
  public long changes() {
    return 0;
  }

  @Override
  public boolean isIdle() {
    return true;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public void whenRoom(Object key, Runnable resume) {
    throw new IllegalStateException("There is room.");
  }

  @Override
  public void forget(Object key) {}

  @Override
  public void session(Session session) {}

  @Override
  public void ended(long sessionId) {}

  @Override
  public void subscribed(Session session, Subscription subscription) {}

  @Override
  public void unsubscribed(Session session, TopicFilter filter) {}

  @Override
  public void retained(Message message) {}

  @Override
  public void cleared(String topic) {}

  @Override
  public void queued(Session session, Entry entry, Runnable whenSafe) {
    whenSafe.run();
  }

  @Override
  public void done(Session session, Entry entry) {}

  @Override
  public void received(Session session, int packetId) {}

  @Override
  public void released(Session session, int packetId) {}

  @Override
  public void afterwards(Runnable receipt, int bytes) {
    throw new IllegalStateException("Nothing is to be waited for.");
  }
}

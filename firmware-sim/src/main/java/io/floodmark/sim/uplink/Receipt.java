package io.floodmark.sim.uplink;

/** What becomes of one message. One of these is called, once, on the loop; or none, at the end. */
public interface Receipt {
  /** For those who do not care. */
  Receipt NONE =
      new Receipt() {
        @Override
        public void acknowledged() {
          // Nobody asked.
        }

        @Override
        public void lost() {
          // Nobody asked.
        }
      };

  /** Its acknowledgement has come. */
  void acknowledged();

  /** A newer message has taken its place in a full store. */
  void lost();
}

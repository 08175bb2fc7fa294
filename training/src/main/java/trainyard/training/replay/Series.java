package trainyard.training.replay;

/** Repetitions of a short piece of work, queued so many at a time that starting the clock does not count. */
final class Series {

    private static final int REPETITIONS = 5;
    private static final int MOST_AT_A_TIME = 200;
    private static final double SECONDS_AT_A_TIME = 0.02;

    private Series() {}

    /** Receives the time of one piece of work. */
    interface Receiver {
        void accept(int repetition, double seconds);
    }

    static void take(KernelDevice device, Runnable work, Receiver receiver) {
        device.seconds(work);
        double once = device.seconds(work);
        int times = (int) Math.max(1, Math.min(MOST_AT_A_TIME, SECONDS_AT_A_TIME / Math.max(once, 1e-9)));
        Runnable many = () -> {
            for (int i = 0; i < times; i++) {
                work.run();
            }
        };
        for (int i = 0; i < REPETITIONS; i++) {
            receiver.accept(i, device.seconds(many) / times);
        }
    }
}

package trainyard.training.calibration.ring;

import java.io.IOException;
import java.util.List;

/**
 * Sums arrays of growing size with the other processes; rank 0 tells how long it took. Its argument is the largest size in
 * bytes. As in training, every process computes for a while before each sum, and all wait for the last, which is rank 0: the
 * time of a sum contains waking those who wait, and caches that hold other things by then.
 */
final class RingTask implements MemberTask {

    private static final int SMALL_BYTES = 1 << 16;
    private static final int LARGE_BYTES = 1 << 20;
    private static final int SAMPLES = 12;
    private static final int SAMPLES_OF_LARGE = 5;
    private static final int SUMS_OF_SMALL = 10;
    private static final int WARM_UPS_OF_SMALL = 400;
    private static final int WARM_UPS = 3;

    /** What rank 0 computes before a sum; the others a part of it, so that they are there before. */
    private static final long COMPUTING_NANOS = 1_000_000L;

    private static final double PART_OF_OTHERS = 0.8;
    private static final int CACHE_FLOATS = 1 << 16;

    private final float[] numbers = new float[CACHE_FLOATS];

    RingTask() {}

    @Override
    public void run(Member member, List<String> arguments) throws IOException {
        RingAllReduce ring = member.ring();
        for (int bytes : RingProbe.sizes(Integer.parseInt(arguments.get(0)))) {
            boolean last = member.rank() == 0;
            double[] seconds = times(ring, bytes, (long) (COMPUTING_NANOS * (last ? 1 : PART_OF_OTHERS)));
            if (last) {
                member.out().writeInt(seconds.length);
                for (double time : seconds) {
                    member.out().writeDouble(time);
                }
            }
        }
    }

    private double[] times(RingAllReduce ring, int bytes, long computing) throws IOException {
        float[] values = new float[bytes / Float.BYTES];
        boolean small = bytes <= SMALL_BYTES;
        for (int i = 0; i < (small ? WARM_UPS_OF_SMALL : WARM_UPS); i++) {
            ring.sum(values);
        }
        double[] seconds = new double[bytes > LARGE_BYTES ? SAMPLES_OF_LARGE : SAMPLES];
        int sums = small ? SUMS_OF_SMALL : 1;
        for (int i = 0; i < seconds.length; i++) {
            long nanos = 0;
            for (int j = 0; j < sums; j++) {
                compute(computing);
                long begin = System.nanoTime();
                ring.sum(values);
                nanos += System.nanoTime() - begin;
            }
            seconds[i] = nanos / 1e9 / sums;
        }
        return seconds;
    }

    /** Adds up numbers until the time is over. */
    private void compute(long nanos) {
        long begin = System.nanoTime();
        do {
            for (int i = 1; i < numbers.length; i++) {
                numbers[i] = 0.5f * (numbers[i] + numbers[i - 1]);
            }
        } while (System.nanoTime() - begin < nanos);
    }
}

package trainyard.training.calibration.ring;

import java.io.IOException;
import java.util.List;

/** Sums arrays of growing size with the other processes; rank 0 tells how long it took. Its argument is the largest size in bytes. */
final class RingTask implements MemberTask {

    private static final int SMALL_BYTES = 1 << 16;
    private static final int LARGE_BYTES = 1 << 20;
    private static final int SAMPLES = 12;
    private static final int SAMPLES_OF_LARGE = 5;
    private static final int SUMS_OF_SMALL = 20;
    private static final int WARM_UPS_OF_SMALL = 400;
    private static final int WARM_UPS = 3;

    RingTask() {}

    @Override
    public void run(Member member, List<String> arguments) throws IOException {
        RingAllReduce ring = member.ring();
        for (int bytes : RingProbe.sizes(Integer.parseInt(arguments.get(0)))) {
            double[] seconds = times(ring, bytes);
            if (member.rank() == 0) {
                member.out().writeInt(seconds.length);
                for (double time : seconds) {
                    member.out().writeDouble(time);
                }
            }
        }
    }

    private static double[] times(RingAllReduce ring, int bytes) throws IOException {
        float[] values = new float[bytes / Float.BYTES];
        boolean small = bytes <= SMALL_BYTES;
        for (int i = 0; i < (small ? WARM_UPS_OF_SMALL : WARM_UPS); i++) {
            ring.sum(values);
        }
        double[] seconds = new double[bytes > LARGE_BYTES ? SAMPLES_OF_LARGE : SAMPLES];
        int sums = small ? SUMS_OF_SMALL : 1;
        for (int i = 0; i < seconds.length; i++) {
            long begin = System.nanoTime();
            for (int j = 0; j < sums; j++) {
                ring.sum(values);
            }
            seconds[i] = (System.nanoTime() - begin) / 1e9 / sums;
        }
        return seconds;
    }
}

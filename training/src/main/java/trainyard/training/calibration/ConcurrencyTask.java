package trainyard.training.calibration;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Work;
import trainyard.training.calibration.ring.Member;
import trainyard.training.calibration.ring.MemberTask;
import trainyard.training.calibration.ring.RingAllReduce;

/**
 * Repeats gradients while the other processes do the same; all begin each repetition together, as in synchronous
 * training. Its arguments are the word of the device and the names of jobs.
 */
public final class ConcurrencyTask implements MemberTask {

    private static final int REPETITIONS = 40;
    private static final int WARM_UPS = 20;

    /** With the first job of all, and of each further kind of network, code is compiled. */
    private static final long FIRST_NANOS = 5_000_000_000L;

    private static final long FIRST_OF_FAMILY_NANOS = 1_500_000_000L;

    private final Set<String> families = new HashSet<>();

    @Override
    public void run(Member member, List<String> arguments) throws IOException {
        RingAllReduce ring = member.ring();
        try (Session session = device(arguments.get(0)).open()) {
            for (String name : arguments.subList(1, arguments.size())) {
                double[] seconds =
                        times(session, ring, CalibrationSweep.job(name).orElseThrow(), member.ranks());
                member.out().writeInt(seconds.length);
                for (double time : seconds) {
                    member.out().writeDouble(time);
                }
            }
        }
    }

    private static CalibrationDevice device(String name) {
        return ServiceLoader.load(CalibrationDevice.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double[] times(Session session, RingAllReduce ring, Work.Job job, int ranks) throws IOException {
        float[] word = new float[ranks];
        double[] seconds = new double[REPETITIONS];
        try (Running running = session.start(new Work.Gradient(job))) {
            long begin = System.nanoTime();
            long least = families.isEmpty() ? FIRST_NANOS : FIRST_OF_FAMILY_NANOS;
            least = families.add(job.family()) ? least : 0;
            for (int i = 0; i < WARM_UPS || System.nanoTime() - begin < least; i++) {
                running.repeat();
            }
            System.gc();
            for (int i = 0; i < seconds.length; i++) {
                ring.sum(word);
                long read = System.nanoTime();
                running.repeat();
                seconds[i] = (System.nanoTime() - read) / 1e9;
            }
        }
        return seconds;
    }
}

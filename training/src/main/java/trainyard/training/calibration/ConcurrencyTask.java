package trainyard.training.calibration;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        try (Session session = TogetherJob.device(arguments.get(0)).open()) {
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

    private double[] times(Session session, RingAllReduce ring, Work.Job job, int ranks) throws IOException {
        try (TogetherJob together = TogetherJob.start(session, job, ring, ranks)) {
            long least = families.isEmpty() ? FIRST_NANOS : FIRST_OF_FAMILY_NANOS;
            together.warmUp(WARM_UPS, families.add(job.family()) ? least : 0);
            System.gc();
            return together.seconds(REPETITIONS);
        }
    }
}

package trainyard.training.real;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import trainyard.sim.engine.SimTime;
import trainyard.training.calibration.ReferenceJob;
import trainyard.training.calibration.TogetherJob;
import trainyard.training.calibration.ring.Member;
import trainyard.training.calibration.ring.RingAllReduce;

/**
 * How a process of a real run finds out how fast its core is: it computes a job of a calibration, as that does, while all others do the same,
 * and then sums an array with them, as in synchronous training. Interruptions count, since they are what the core loses.
 */
public final class CoreLooks implements AutoCloseable {

    /** The only device on which several processes have one each. */
    private static final String DEVICE = "cpu";

    /** The first one finds the caches with other things. */
    private static final int UNTIMED = 1;

    private static final int WARM_UPS = 20;
    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private final TogetherJob job;
    private final RingAllReduce ring;
    private final float[] summed;
    private final List<Double> jobSeconds = new ArrayList<>();
    private final List<Double> roundSeconds = new ArrayList<>();

    private CoreLooks(TogetherJob job, Member member, int ringBytes) {
        this.job = job;
        ring = member.ring();
        summed = new float[ringBytes / Float.BYTES];
    }

    /** Makes the job ready and compiles its code. */
    public static CoreLooks start(ReferenceJob reference, Member member) {
        CoreLooks looks = new CoreLooks(
                TogetherJob.start(DEVICE, reference.job(), member.ring(), member.ranks()),
                member,
                reference.ringBytes());
        looks.job.warmUp(WARM_UPS, WARM_UP_NANOS);
        return looks;
    }

    /**
     * Looks once. All processes must, and go on together.
     *
     * @param again work of the run, whose result is dropped: it leaves the caches as they were
     * @throws IOException if a neighbour is gone
     */
    public void look(Runnable again) throws IOException {
        job.seconds(UNTIMED);
        ring.sum(summed);
        long begin = System.nanoTime();
        for (int i = 0; i < LookSchedule.REPETITIONS; i++) {
            jobSeconds.add(job.seconds());
            ring.sum(summed);
        }
        roundSeconds.add(SimTime.seconds(System.nanoTime() - begin) / LookSchedule.REPETITIONS);
        again.run();
        ring.sum(summed);
    }

    /**
     * Tells what each repetition of the job took, then what a repetition and its sum took in the mean of each look.
     *
     * @throws IOException if the other end is gone
     */
    public void write(DataOutputStream out) throws IOException {
        for (List<Double> seconds : List.of(jobSeconds, roundSeconds)) {
            out.writeInt(seconds.size());
            for (double time : seconds) {
                out.writeDouble(time);
            }
        }
    }

    @Override
    public void close() {
        job.close();
    }
}

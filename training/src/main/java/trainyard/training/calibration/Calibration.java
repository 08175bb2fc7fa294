package trainyard.training.calibration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.sim.hash.Sha256;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.SampleLog;
import trainyard.training.calibration.measure.Sampler;
import trainyard.training.calibration.measure.Stopper;
import trainyard.training.calibration.measure.StorageProbe;
import trainyard.training.calibration.measure.Work;
import trainyard.training.calibration.ring.LocalProcesses;
import trainyard.training.calibration.ring.RingProbe;

/** Measures a sweep on a device, round by round, into the file of samples; what is there already is not measured again. */
public final class Calibration {

    private static final int SETTING_DIGITS = 12;

    private final Session session;
    private final CalibrationSweep sweep;
    private final Map<String, String> facts;
    private final SampleLog log;

    private Calibration(Session session, CalibrationSweep sweep, Map<String, String> facts, SampleLog log) {
        this.session = session;
        this.sweep = sweep;
        this.facts = facts;
        this.log = log;
    }

    /**
     * Begins a calibration, or goes on with the one whose samples are there.
     *
     * @throws SampleLog.MixedSamplesException if the samples there are of another machine, version or sweep
     * @throws IOException if the samples cannot be written
     */
    public static Calibration open(Session session, CalibrationSweep sweep, ProfileFiles files) throws IOException {
        Map<String, String> facts = MachineFacts.of(session);
        String setting = Sha256.of(sweep.name() + facts).substring(0, SETTING_DIGITS);
        return new Calibration(session, sweep, facts, SampleLog.open(files.samples(), setting));
    }

    /** Samples that are there. */
    public int samples() {
        return log.samples().size();
    }

    /**
     * Measures what is not there yet.
     *
     * @param visited is told after each visit to a piece of work
     * @return whether the sweep is complete; else the time was over or somebody asked to stop
     * @throws IOException if the samples cannot be written, or the processes of the ring cannot be started
     */
    public boolean measure(Stopper stopper, Runnable visited) throws IOException {
        List<Work> work = new ArrayList<>(sweep.jobs());
        work.addAll(sweep.probes());
        List<Work> supported = work.stream().filter(session::supports).toList();
        Sampler sampler = new Sampler(session, log, sweep.pace().visitSeconds(), stopper, visited);
        if (!isComplete(supported)) {
            sampler.warmUp(firstOfEachFamily(), sweep.pace().warmUpSeconds());
        }
        for (int round = 0; round < sweep.pace().rounds(); round++) {
            if (!probes(round, stopper) || !sampler.round(supported, round) || !together(round, stopper)) {
                return false;
            }
        }
        return true;
    }

    private boolean isComplete(List<Work> work) {
        int last = sweep.pace().rounds() - 1;
        return work.stream().allMatch(piece -> log.has(piece.suite(), piece.name(), last));
    }

    private List<Work> firstOfEachFamily() {
        Map<String, Work> first = new LinkedHashMap<>();
        sweep.jobs().stream().filter(session::supports).forEach(job -> first.putIfAbsent(job.family(), job));
        return List.copyOf(first.values());
    }

    /** File and ring, which need no device. */
    private boolean probes(int round, Stopper stopper) throws IOException {
        if (stopper.isOver()) {
            return false;
        }
        StorageProbe.round(log, sweep.checkpointMebibytes(), round);
        if (ranks() > 1 && !stopper.isOver()) {
            RingProbe.round(log, ranks(), sweep.mostRingBytes(), round);
        }
        return !stopper.isOver();
    }

    /** Processes at work at once, last in a round: on a machine that is busy they take long. */
    private boolean together(int round, Stopper stopper) throws IOException {
        Optional<String> device = session.forEachProcess();
        if (device.isEmpty() || ranks() < 2 || round >= sweep.pace().roundsTogether()) {
            return true;
        }
        if (stopper.isOver()) {
            return false;
        }
        List<Work.Job> jobs = sweep.together().stream()
                .filter(job -> session.supports(new Work.Gradient(job)))
                .toList();
        ConcurrencyProbe.round(log, ranks(), device.get(), jobs, round);
        return true;
    }

    private static int ranks() {
        return Math.min(2, LocalProcesses.mostProcesses());
    }

    /** What the samples say. */
    public CalibrationResult result(String tool, ProfileFiles files) throws IOException {
        return new ProfileAssembler(session, sweep, facts, log, files).assemble(tool);
    }
}

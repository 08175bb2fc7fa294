package trainyard.training.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.GemmPoint;
import trainyard.sim.hardware.calibration.JobCheck;
import trainyard.sim.hardware.calibration.JobFamilyFit;
import trainyard.sim.hardware.calibration.LaunchFit;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.sim.hardware.calibration.Machine;
import trainyard.sim.hardware.calibration.MemoryFit;
import trainyard.sim.hardware.calibration.ProfileOrigin;
import trainyard.sim.hardware.calibration.StorageFit;
import trainyard.sim.hash.Sha256;
import trainyard.training.calibration.fit.ConcurrencyFitter;
import trainyard.training.calibration.fit.Errors;
import trainyard.training.calibration.fit.FamilyFitter;
import trainyard.training.calibration.fit.GemmFitter;
import trainyard.training.calibration.fit.TransferFitter;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Sample;
import trainyard.training.calibration.measure.SampleLog;
import trainyard.training.calibration.measure.StorageProbe;
import trainyard.training.calibration.measure.Work;
import trainyard.training.calibration.ring.RingProbe;

/** Makes a profile of the samples. What too few samples were taken of is left out, and a note says so. */
final class ProfileAssembler {

    /** Below this a fit of four coefficients says nothing. */
    private static final int FEWEST_POINTS = 4;

    private static final int RANKS = 2;
    private static final double BUSY = 0.5;
    private static final List<Double> LINK_BOUNDS = List.of(16_384.0, 524_288.0);

    private final Session session;
    private final CalibrationSweep sweep;
    private final Map<String, String> facts;
    private final SampleLog log;
    private final ProfileFiles files;
    private final List<String> notes = new ArrayList<>();

    ProfileAssembler(
            Session session, CalibrationSweep sweep, Map<String, String> facts, SampleLog log, ProfileFiles files) {
        this.session = session;
        this.sweep = sweep;
        this.facts = facts;
        this.log = log;
        this.files = files;
    }

    CalibrationResult assemble(String tool) throws IOException {
        List<MeasuredJob> jobs = jobs();
        List<JobFamilyFit> families = families(jobs);
        ProfileOrigin origin = new ProfileOrigin(
                Provenance.Kind.MEASURED,
                tool,
                "",
                log.samples().isEmpty() ? "" : last().time().substring(0, "2026-11-22".length()),
                session.method(),
                files.samples().getFileName().toString(),
                Sha256.of(Files.readAllBytes(files.samples())));
        CalibrationProfile profile = new CalibrationProfile(
                files.id(),
                origin,
                machine(),
                fastest("dispatch").values().stream().findFirst().map(LaunchFit::new),
                compute(),
                memory(),
                links(),
                storage(),
                families,
                concurrency(families),
                checks(jobs, families));
        return new CalibrationResult(profile, jobs, notes);
    }

    private Sample last() {
        return log.samples().get(log.samples().size() - 1);
    }

    private List<MeasuredJob> jobs() {
        Map<String, List<Sample>> samples = log.of("job");
        Set<String> heldOut = sweep.heldOut();
        List<MeasuredJob> jobs = sweep.jobs().stream()
                .filter(job -> samples.containsKey(job.name()))
                .map(job -> MeasuredJob.of(job, heldOut.contains(job.name()), samples.get(job.name())))
                .toList();
        int fewest = sweep.jobs().stream()
                .mapToInt(job -> (int) samples.getOrDefault(job.name(), List.of()).stream()
                        .mapToInt(Sample::round)
                        .distinct()
                        .count())
                .min()
                .orElse(0);
        if (fewest < sweep.pace().rounds()) {
            notes.add("Not complete: " + jobs.size() + " of " + sweep.jobs().size()
                    + " jobs measured, the least often in " + fewest + " of "
                    + sweep.pace().rounds()
                    + " rounds. The same command goes on.");
        }
        return jobs;
    }

    private List<JobFamilyFit> families(List<MeasuredJob> jobs) {
        Map<String, List<MeasuredJob>> byFamily = new LinkedHashMap<>();
        jobs.forEach(job ->
                byFamily.computeIfAbsent(job.family(), key -> new ArrayList<>()).add(job));
        List<JobFamilyFit> fits = new ArrayList<>();
        byFamily.forEach((family, members) -> {
            long fitted = members.stream().filter(job -> !job.heldOut()).count();
            if (fitted < FEWEST_POINTS) {
                notes.add("Too few jobs of " + family + " for a fit: " + fitted + ".");
            } else {
                fits.add(FamilyFitter.fit(
                        family,
                        Precision.FP32,
                        members.stream().map(MeasuredJob::timed).toList()));
            }
        });
        return fits;
    }

    private static List<JobCheck> checks(List<MeasuredJob> jobs, List<JobFamilyFit> fits) {
        List<JobCheck> checks = new ArrayList<>();
        for (MeasuredJob job : jobs) {
            Optional<JobFamilyFit> fit = fits.stream()
                    .filter(one -> one.family().equals(job.family()) && job.heldOut())
                    .findFirst();
            fit.ifPresent(one -> checks.add(new JobCheck(
                    job.name(),
                    "",
                    job.fastestSeconds(),
                    job.wallMedianSeconds(),
                    job.wallP95Seconds(),
                    job.repetitions(),
                    one.seconds(job.counts()),
                    Errors.percent(one.seconds(job.counts()), job.fastestSeconds()))));
        }
        return checks;
    }

    private Machine machine() {
        Map<String, String> software = new LinkedHashMap<>(facts);
        double[] loads =
                log.samples().stream().mapToDouble(Sample::load).sorted().toArray();
        if (loads.length > 0) {
            double middle = loads[loads.length / 2];
            software.put("load_1m_median", String.format(Locale.ROOT, "%.2f", middle));
            software.put("load_1m_max", String.format(Locale.ROOT, "%.2f", loads[loads.length - 1]));
            int cores = Runtime.getRuntime().availableProcessors();
            // The calibration itself wants one core.
            if (middle - 1 > BUSY * cores) {
                notes.add(String.format(
                        Locale.ROOT,
                        "The machine was busy: %.1f processes wanted its %d cores, this one included. Times are the fastest of"
                                + " all rounds%s; measure again when it is quiet.",
                        middle,
                        cores,
                        session.worksOnCallingThread() ? ", by processor time" : ""));
            }
        }
        return new Machine(session.gpu(), 0, 0, Runtime.getRuntime().availableProcessors(), software);
    }

    /** Cheapest sample by name. */
    private Map<String, Double> fastest(String suite) {
        Map<String, Double> fastest = new TreeMap<>();
        log.of(suite)
                .forEach((name, samples) -> fastest.put(
                        name, samples.stream().mapToDouble(Sample::cost).min().orElseThrow()));
        return fastest;
    }

    private List<ComputeFit> compute() {
        Map<String, Double> fastest = fastest("gemm");
        List<GemmPoint> points = new ArrayList<>();
        for (Work probe : sweep.probes()) {
            if (probe instanceof Work.Gemm gemm && fastest.containsKey(gemm.name())) {
                points.add(new GemmPoint(gemm.m(), gemm.n(), gemm.k(), fastest.get(gemm.name())));
            }
        }
        return points.size() < FEWEST_POINTS ? List.of() : List.of(GemmFitter.fit(Precision.FP32, points));
    }

    private List<MemoryFit> memory() {
        SortedMap<Double, Double> seconds = new TreeMap<>();
        log.of("copy").values().stream()
                .flatMap(List::stream)
                .forEach(sample -> seconds.merge(sample.bytes(), sample.cost(), Math::min));
        if (seconds.size() < 2) {
            return List.of();
        }
        Optional<MemoryFit> copy = TransferFitter.memory("copy_d2d", OptionalDouble.empty(), seconds);
        if (copy.isEmpty()) {
            notes.add("Larger copies took no longer than small ones, so no bandwidth of memory is told.");
        }
        return copy.stream().toList();
    }

    private List<LinkFit> links() {
        SortedMap<Double, Double> messages = RingProbe.messages(log, RANKS);
        if (messages.isEmpty()) {
            notes.add("No link was measured: a ring needs two cores or more.");
            return List.of();
        }
        boolean complete = messages.lastKey() > LINK_BOUNDS.get(LINK_BOUNDS.size() - 1);
        if (!complete) {
            return List.of();
        }
        LinkFit link = TransferFitter.link("loopback_tcp", messages, LINK_BOUNDS);
        link.pieces().stream()
                .filter(piece -> piece.betaSecondsPerByte() == 0)
                .forEach(piece -> notes.add(String.format(
                        Locale.ROOT,
                        "Messages up to %.0f KiB took no longer the larger they were, so they have a latency alone.",
                        piece.upToBytes() / 1024)));
        if (link.betaSecondsPerByte() == 0) {
            notes.add("The largest messages took no longer than smaller ones, so they have a latency alone.");
        }
        return List.of(link);
    }

    private List<ConcurrencyFit> concurrency(List<JobFamilyFit> families) {
        List<ConcurrencyFit> fits = new ArrayList<>();
        for (JobFamilyFit fit : families) {
            List<ConcurrencyFitter.Together> jobs = sweep.together().stream()
                    .filter(job -> job.family().equals(fit.family()))
                    .map(job -> new ConcurrencyFitter.Together(
                            job.name(), OperationCounts.ofGradient(job), ConcurrencyProbe.visits(log, RANKS, job)))
                    .filter(job -> !job.visits().isEmpty())
                    .toList();
            if (!jobs.isEmpty()) {
                fits.add(ConcurrencyFitter.fit(fit.family(), RANKS, jobs));
            }
        }
        return fits;
    }

    private List<StorageFit> storage() {
        double write = rate(StorageProbe.WRITE);
        double read = rate(StorageProbe.READ);
        return write > 0 && read > 0
                ? List.of(new StorageFit("checkpoint_file", write, read, true, true, Optional.of(storedBytes())))
                : List.of();
    }

    private FitQuality.Interval storedBytes() {
        DoubleSummaryStatistics bytes = Stream.of(StorageProbe.WRITE, StorageProbe.READ)
                .flatMap(name -> log.of(StorageProbe.SUITE).getOrDefault(name, List.of()).stream())
                .mapToDouble(Sample::bytes)
                .summaryStatistics();
        return new FitQuality.Interval(bytes.getMin(), bytes.getMax());
    }

    private double rate(String name) {
        return log.of(StorageProbe.SUITE).getOrDefault(name, List.of()).stream()
                .mapToDouble(sample -> sample.bytes() / sample.seconds())
                .max()
                .orElse(0);
    }
}

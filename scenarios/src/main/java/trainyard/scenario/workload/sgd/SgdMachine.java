package trainyard.scenario.workload.sgd;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.sgd.SgdComputeSection;
import trainyard.scenario.section.sgd.SgdComputeSection.MeasuredGradient;
import trainyard.scenario.section.sgd.SgdProblemSection;
import trainyard.scenario.section.sgd.SgdSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.sim.hardware.calibration.Extrapolation;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobFamilyFit;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.training.calibration.OperationCounts;
import trainyard.training.calibration.ReferenceJob;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.Dataset;
import trainyard.training.network.NetworkSpec;
import trainyard.training.run.TrainingNetwork;

/**
 * What a measured machine takes for the network of a scenario.
 *
 * @param gradient mean time of one gradient of one worker, its update included, and how it varies where that is measured
 * @param link between two processes
 * @param cores of the machine
 * @param doubt why times of gradients are not to be trusted, in words; empty where nothing says so
 * @param extrapolation that the network lies outside those which the fit of the gradient was made of
 * @param profile that says all this
 */
record SgdMachine(
        MeasuredGradient gradient,
        LinkFit link,
        int cores,
        Optional<String> doubt,
        Optional<Extrapolation> extrapolation,
        CalibrationProfile profile) {

    /** Beyond this mean error over iterations that were held out a profile is doubted. */
    private static final double MOST_HELD_OUT_PERCENT = 20;

    private static final String LINK = "loopback_tcp";

    /**
     * The machine that the section names, if it does.
     *
     * @throws ScenarioException if its profile cannot be read or has no such network or link, or if the scenario also states
     *     what the profile says
     */
    static Optional<SgdMachine> bind(Values scenario, Values section) {
        return SgdSection.machine(section).map(profile -> {
            refuseBoth(scenario, section);
            return of(profile, section);
        });
    }

    private static void refuseBoth(Values scenario, Values section) {
        if (section.get(SgdSection.COMPUTE).isWritten(SgdComputeSection.TIME)) {
            throw wrong(section, "compute.time is stated, and the machine says it too", "leave one of them out");
        }
        if (scenario.find(ScenarioSection.CLUSTER).isPresent()) {
            throw wrong(section, "a cluster is stated, and the machine has a link of its own", "leave one of them out");
        }
    }

    private static SgdMachine of(CalibrationProfile profile, Values section) {
        NetworkSpec network = network(section);
        JobFamilyFit fit = profile.family(family(section, network), Precision.FP32)
                .orElseThrow(() -> wrong(
                        section,
                        "the profile " + profile.id() + " has no fit of " + family(section, network),
                        "name another profile, or state compute.time"));
        LinkFit link = profile.link(LINK)
                .orElseThrow(() ->
                        wrong(section, "the profile " + profile.id() + " has no link " + LINK, "name another profile"));
        JobCounts counts = counts(section, network);
        Optional<ConcurrencyFit> atOnce = together(profile, section, network);
        MeasuredGradient gradient = atOnce.map(
                        together -> new MeasuredGradient(together.seconds(counts), OptionalDouble.of(together.cv())))
                .orElseGet(() -> new MeasuredGradient(fit.seconds(counts), OptionalDouble.empty()));
        Optional<Extrapolation> extrapolation =
                atOnce.isPresent() ? atOnce.get().extrapolation(counts) : fit.extrapolation(counts);
        return new SgdMachine(
                gradient,
                link,
                profile.machine().cores(),
                doubt(profile, family(section, network)),
                extrapolation.map(beyond -> beyond.in(profile)),
                profile);
    }

    private static Optional<String> doubt(CalibrationProfile profile, String family) {
        OptionalDouble error = profile.heldOutErrorPercent(family);
        return error.isPresent() && error.getAsDouble() > MOST_HELD_OUT_PERCENT
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the profile %s misses the %s iterations that its fit did not see by %.0f %% on the mean; measure again on"
                                + " a quiet machine",
                        profile.id(),
                        family,
                        error.getAsDouble()))
                : Optional.empty();
    }

    /** Amounts of a gradient and its plain step. */
    private static JobCounts counts(Values section, NetworkSpec network) {
        int batch = Math.toIntExact(section.get(SgdSection.BATCH));
        return OperationCounts.of(
                new Work.Job(family(section, network), network, input(section, network), batch, OptimizerStep.SGD));
    }

    private static Optional<ConcurrencyFit> together(CalibrationProfile profile, Values section, NetworkSpec network) {
        return profile.concurrency(family(section, network), Math.toIntExact(section.get(SgdSection.WORKERS)));
    }

    /**
     * The job by which processes find out how fast their cores are; empty where no machine is named, or its profile has none of as many
     * processes at once.
     *
     * @param parameters of the network
     * @throws ScenarioException if the profile cannot be read
     */
    static Optional<ReferenceJob> reference(Values section, int parameters) {
        return SgdSection.machine(section).flatMap(profile -> {
            NetworkSpec network = network(section);
            double bytes = (double) Float.BYTES * parameters;
            return together(profile, section, network)
                    .flatMap(fit -> profile.link(LINK)
                            .flatMap(link -> ReferenceJob.nearest(fit, counts(section, network), link, bytes)));
        });
    }

    private static NetworkSpec network(Values section) {
        return switch (section.get(SgdSection.PROBLEM).get(SgdProblemSection.KIND)) {
            case QUADRATIC, LEAST_SQUARES ->
                throw wrong(
                        section, "a machine is measured with networks, and the problem is none", "state compute.time");
            default -> SgdNetworks.network(section.get(SgdSection.PROBLEM));
        };
    }

    private static String family(Values section, NetworkSpec network) {
        if (network instanceof NetworkSpec.Mlp) {
            return "mlp";
        }
        if (network instanceof NetworkSpec.Cnn) {
            return "cnn";
        }
        if (network instanceof NetworkSpec.Lstm) {
            return "lstm";
        }
        if (network instanceof NetworkSpec.Transformer) {
            return "transformer";
        }
        throw wrong(section, "no machine is measured with softmax alone", "write kind: mlp, or state compute.time");
    }

    private static InputShape input(Values section, NetworkSpec network) {
        Dataset data = SgdNetworks.data(section.get(SgdSection.PROBLEM));
        if (data instanceof Dataset.Text text) {
            return new InputShape.Text(text.length(), text.classes());
        }
        Dataset.Labelled labelled = (Dataset.Labelled) data;
        return network instanceof NetworkSpec.Cnn
                ? new InputShape.Image(labelled.height(), labelled.width(), labelled.classes())
                : new InputShape.Vector(labelled.features(), labelled.classes());
    }

    /**
     * A network over the link. Where workers leave no core for the servers, what a server does for a gradient, to receive it and to send
     * the parameters, takes its time from them: two messages, which else overlap with those of the worker.
     *
     * @param stated what the scenario says of the time that servers take, which stands
     */
    TrainingNetwork over(TrainingNetwork network, int workers, int parameters, Values stated) {
        TrainingNetwork measured = network.withMeasured(link);
        boolean areCoresShared = network.servers() > 0 && workers >= cores;
        return areCoresShared && !stated.isWritten(SgdSection.SERVER_TIME)
                ? measured.withServerSeconds(2 * link.seconds(network.bytesPerParameter() * parameters))
                : measured;
    }

    /**
     * Where times come from outside what the profile was measured over: those of gradients, and of messages of the parameters, of which a
     * ring sends one part for each worker.
     *
     * @param network as {@link #over} made it
     */
    List<Extrapolation> extrapolations(TrainingNetwork network, int workers, int parameters) {
        double bytes = network.bytesPerParameter() * parameters / (network.servers() > 0 ? 1 : workers);
        return Stream.concat(
                        extrapolation.stream(),
                        link.extrapolation(bytes).stream().map(beyond -> beyond.in(profile)))
                .toList();
    }

    private static ScenarioException wrong(Values section, String message, String hint) {
        Field<String> key = SgdSection.MACHINE;
        return new ScenarioException(Problem.at(section.position(key), Problem.Kind.VALUE, message, hint));
    }
}

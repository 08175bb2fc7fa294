package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import trainyard.faults.cause.FaultCause;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Model;
import trainyard.report.document.Assumption;
import trainyard.report.document.Assumption.Origin;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.faults.FaultsSection;
import trainyard.scenario.section.job.JobSection;
import trainyard.scenario.section.job.ParallelSection;
import trainyard.scenario.section.jobs.JobLocalitySection;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HostSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.Provenance.Kind;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** Lists what a result rests on: every value set or left to its default, and what stands behind the presets. */
public final class Assumptions {

    private static final Provenance DEFAULT = new Provenance(Kind.ASSUMED, "default of the scenario format", "");

    private static final Provenance EAGER_HOST =
            new Provenance(Kind.ASSUMED, "middle of profiles of PyTorch 1.x and 2.x; see SoftwareProfiles", "");

    private final List<Assumption> rows = new ArrayList<>();

    private Assumptions() {}

    /** The rows for the values of a cell. */
    public static List<Assumption> of(Values scenario) {
        Assumptions assumptions = new Assumptions();
        for (Field<Values> section : ScenarioFormat.studySections()) {
            scenario.find(section).ifPresent(values -> assumptions.addSection(section.key(), values, scenario));
        }
        for (Field<Values> section : ScenarioFormat.studySections()) {
            scenario.find(section).ifPresent(assumptions::addFaults);
        }
        scenario.find(ScenarioSection.CLUSTER).ifPresent(cluster -> {
            if (restsOnHardware(scenario)) {
                assumptions.addHardware(ClusterSection.bind(cluster, 1), scenario);
            }
            ClusterSection.calibration(cluster).ifPresent(assumptions::addCalibration);
        });
        scenario.find(ScenarioSection.JOB)
                .ifPresent(job ->
                        assumptions.addSoftware(job.get(JobSection.SOFTWARE).at(job.get(JobSection.PRECISION))));
        return List.copyOf(assumptions.rows);
    }

    /** Jobs of a cluster run for the times that they state, unless the step model prices them. */
    private static boolean restsOnHardware(Values scenario) {
        return ScenarioFormat.studySections().stream()
                .flatMap(section -> scenario.find(section).stream())
                .filter(section -> section.section() == JobsSection.SECTION)
                .allMatch(jobs -> jobs.find(JobsSection.LOCALITY)
                        .filter(locality -> locality.isWritten(JobLocalitySection.MODEL))
                        .isPresent());
    }

    /** The causes of faults, wherever a section has some. */
    private void addFaults(Values values) {
        if (values.section() == FaultsSection.SECTION) {
            FaultsSection.bind(values).causes().forEach(this::addCause);
            return;
        }
        values.settings().values().forEach(setting -> {
            if (setting.value() instanceof Values inner) {
                addFaults(inner);
            }
        });
    }

    private void addCause(FaultCause cause) {
        String law = Units.format(cause.secondsBetween().mean(), Dimension.DURATION) + " per "
                + cause.scope().name().toLowerCase(Locale.ROOT);
        rows.add(new Assumption("faults." + cause.name(), law, Origin.IMPORTED, cause.provenance()));
    }

    /** What counts for nothing with the choices made is no assumption. */
    private void addSection(String path, Values values, Values scenario) {
        values.used(scenario).forEach((key, setting) -> {
            if (setting.value() instanceof Values section) {
                addSection(path + "." + key, section, scenario);
            } else {
                if (setting.value() instanceof List<?> entries) {
                    addEntries(path + "." + key, entries, scenario);
                }
                if (setting.value() instanceof Map<?, ?> entries && values.section() != FaultsSection.SECTION) {
                    addNamed(path + "." + key, entries, scenario);
                }
                addText(path + "." + key, setting);
            }
        });
    }

    private void addText(String path, Setting<?> setting) {
        if (!setting.text().isEmpty()) {
            addSetting(path, setting);
        }
    }

    /** The sections of a list by their number from 1 on, such as {@code life.checkpoint.tiers[1]}. */
    private void addEntries(String path, List<?> entries, Values scenario) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Values section) {
                addSection(path + "[" + (i + 1) + "]", section, scenario);
            }
        }
    }

    /** What is written by name, such as {@code jobs.arrivals.classes.train}; causes of faults have rows of their own. */
    private void addNamed(String path, Map<?, ?> entries, Values scenario) {
        entries.forEach((name, entry) -> {
            if (entry instanceof Setting<?> setting && setting.value() instanceof Values section) {
                addSection(path + "." + name, section, scenario);
            } else if (entry instanceof Setting<?> setting) {
                addText(path + "." + name, setting);
            }
        });
    }

    private void addSetting(String path, Setting<?> setting) {
        boolean written = setting.position().isPresent();
        String source = setting.source().isEmpty() ? "stated in the scenario" : setting.source();
        boolean preset = !written && !setting.source().isEmpty();
        Provenance provenance = written ? new Provenance(Kind.USER, source, setting.asOf()) : DEFAULT;
        if (preset) {
            provenance = new Provenance(
                    source.startsWith("assumed") ? Kind.ASSUMED : Kind.PUBLISHED, source, setting.asOf());
        }
        if (setting.value() instanceof Model) {
            provenance = new Provenance(Kind.PUBLISHED, "dimensions of the published model", "");
        }
        rows.add(new Assumption(path, setting.text(), written ? Origin.SET : Origin.DEFAULT, provenance));
    }

    private void addCalibration(CalibrationProfile profile) {
        Provenance provenance = profile.provenance();
        rows.add(new Assumption("calibration.machine", profile.machine().gpu(), Origin.IMPORTED, provenance));
        for (ComputeFit fit : profile.compute()) {
            String name =
                    "calibration." + fit.op() + "." + fit.precision().name().toLowerCase(Locale.ROOT);
            String products = fit.points().isEmpty() ? "" : ", " + fit.points().size() + " products";
            rows.add(new Assumption(
                    name,
                    Units.format(fit.peakFlopsPerSecond(), Dimension.COMPUTE_RATE) + products,
                    Origin.IMPORTED,
                    provenance));
        }
        profile.memory()
                .forEach(fit -> add("calibration." + fit.op(), fit.bytesPerSecond(), Dimension.DATA_RATE, provenance));
        profile.launch()
                .ifPresent(fit -> add("calibration.launch-gap", fit.gapSeconds(), Dimension.DURATION, provenance));
        profile.links().stream()
                .filter(fit -> fit.betaSecondsPerByte() > 0)
                .forEach(fit -> add(
                        "calibration." + fit.name(), 1 / fit.betaSecondsPerByte(), Dimension.DATA_RATE, provenance));
    }

    private void addHardware(ClusterSpec cluster, Values scenario) {
        NodeSpec node = cluster.node();
        GpuSpec gpu = node.gpu();
        Precision precision = scenario.find(ScenarioSection.JOB)
                .map(job -> job.get(JobSection.PRECISION).products())
                .orElse(Precision.BF16);
        Optional<Double> peak = Optional.ofNullable(gpu.peakFlopsPerSecond().get(precision));
        peak.ifPresent(rate -> add("hardware.gpu.peak", rate, Dimension.COMPUTE_RATE, gpu.provenance()));
        add("hardware.gpu.memory", gpu.memoryBytes(), Dimension.DATA, gpu.provenance());
        add("hardware.gpu.memory-bandwidth", gpu.memoryBytesPerSecond(), Dimension.DATA_RATE, gpu.provenance());
        add("hardware.gpu.scale-up-bandwidth", gpu.scaleUpBytesPerSecond(), Dimension.DATA_RATE, gpu.provenance());
        // The slower of both rates is the node's; the fabric states it where it is the slower one, or as fast.
        boolean fabricDecides = node.nicBytesPerSecond() == cluster.fabric().portBytesPerSecond();
        add(
                "hardware.node.nic-bandwidth",
                node.nicBytesPerSecond(),
                Dimension.DATA_RATE,
                fabricDecides ? cluster.fabric().provenance() : node.provenance());
        rows.add(new Assumption(
                "hardware.node.nics", Integer.toString(node.nics()), Origin.IMPORTED, node.provenance()));
        if (scenario.find(ScenarioSection.JOB).filter(Assumptions::offloads).isPresent()) {
            addHost(node);
        }
        FabricSpec fabric = cluster.fabric();
        add("hardware.network.latency", fabric.latencySeconds(), Dimension.DURATION, fabric.provenance());
        add("hardware.network.efficiency", fabric.achievedFraction(), Dimension.FRACTION, fabric.provenance());
    }

    private static boolean offloads(Values job) {
        return ParallelSection.offloads(job.get(JobSection.PARALLEL));
    }

    private void addHost(NodeSpec node) {
        HostSpec host = node.host();
        Provenance provenance = node.provenance();
        add("hardware.host.memory", host.memoryBytes(), Dimension.DATA, provenance);
        add("hardware.host.memory-bandwidth", host.memoryBytesPerSecond(), Dimension.DATA_RATE, provenance);
        add("hardware.host.pcie-bandwidth", node.pcieBytesPerSecond(), Dimension.DATA_RATE, provenance);
        String sharing = Integer.toString(host.gpusPerUplink());
        rows.add(new Assumption("hardware.host.gpus-per-uplink", sharing, Origin.IMPORTED, provenance));
        if (host.nvmeReadBytesPerSecond() > 0) {
            add("hardware.host.nvme-read", host.nvmeReadBytesPerSecond(), Dimension.DATA_RATE, provenance);
            add("hardware.host.nvme-write", host.nvmeWriteBytesPerSecond(), Dimension.DATA_RATE, provenance);
        }
    }

    private void addSoftware(SoftwareProfile software) {
        addSoftware("software", software.name(), software);
        addSoftware("software.attention", words(software.attention()), software);
        addSoftware("software.norm", words(software.norm()), software);
        addSoftware(
                "software.features",
                software.features().stream().map(SoftwareFeature::label).collect(Collectors.joining(", ")),
                software);
        double gradient = software.gradients().bytesPerElement();
        add("software.gradient-element", gradient, Dimension.DATA, software.provenance());
        if (software.has(SoftwareFeature.GRADIENT_OVERLAP)) {
            double bucket = software.gradients().bucketBytes();
            add("software.gradient-bucket", bucket, Dimension.DATA, software.provenance());
        }
        add("software.launch", software.host().forwardLaunchSeconds(), Dimension.DURATION, EAGER_HOST);
        if (!software.has(SoftwareFeature.PIPELINE_OVERLAP)) {
            double sync = software.host().messageSyncSeconds();
            add("software.message-sync", sync, Dimension.DURATION, EAGER_HOST);
        }
    }

    private void addSoftware(String parameter, String text, SoftwareProfile software) {
        rows.add(new Assumption(parameter, text, Origin.IMPORTED, software.provenance()));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void add(String parameter, double value, Dimension dimension, Provenance provenance) {
        rows.add(new Assumption(parameter, Units.format(value, dimension), Origin.IMPORTED, provenance));
    }
}

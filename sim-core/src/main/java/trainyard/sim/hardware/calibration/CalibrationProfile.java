package trainyard.sim.hardware.calibration;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;

/**
 * Everything that was fitted on one machine. A part that the file does not have is absent here; cost models then use the
 * catalogue.
 *
 * @param id name of the profile
 * @param origin how it came about
 * @param machine where it holds
 * @param launch what launching a kernel costs
 * @param compute matrix products by operation and precision
 * @param memory operations limited by device memory
 * @param links transfers
 * @param storage disks and file systems
 * @param families whole training iterations by kind of network
 * @param concurrency what processes that compute at once take
 * @param jobs whole iterations that test the fits
 */
public record CalibrationProfile(
        String id,
        ProfileOrigin origin,
        Machine machine,
        Optional<LaunchFit> launch,
        List<ComputeFit> compute,
        List<MemoryFit> memory,
        List<LinkFit> links,
        List<StorageFit> storage,
        List<JobFamilyFit> families,
        List<ConcurrencyFit> concurrency,
        List<JobCheck> jobs) {

    /** Format of the file, its first key. */
    public static final String SCHEMA = "trainyard/calibration-profile/1";

    public CalibrationProfile {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(launch, "launch");
        compute = List.copyOf(compute);
        memory = List.copyOf(memory);
        links = List.copyOf(links);
        storage = List.copyOf(storage);
        families = List.copyOf(families);
        concurrency = List.copyOf(concurrency);
        jobs = List.copyOf(jobs);
    }

    /**
     * Reads and checks a profile.
     *
     * @throws CalibrationException if the file cannot be read, is not YAML, lacks a value, holds an unknown key or a value
     *     out of range; the message names file, line and column
     */
    public static CalibrationProfile load(Path file) {
        return ProfileReader.read(file);
    }

    /**
     * A profile that comes with the product, by its name; empty where there is none of this name.
     *
     * @throws CalibrationException if it cannot be read
     */
    public static Optional<CalibrationProfile> shipped(String id) {
        return ShippedProfiles.read(id);
    }

    /** Names of the profiles that come with the product. */
    public static List<String> shippedNames() {
        return ShippedProfiles.names();
    }

    /** Fit of matrix products at a precision. */
    public Optional<ComputeFit> gemm(Precision precision) {
        return compute("gemm", precision);
    }

    /** Fit of a compute operation at a precision. */
    public Optional<ComputeFit> compute(String op, Precision precision) {
        return compute.stream()
                .filter(fit -> fit.op().equals(op) && fit.precision() == precision)
                .findFirst();
    }

    /** Fit of a memory-bound operation. */
    public Optional<MemoryFit> memory(String op) {
        return memory.stream().filter(fit -> fit.op().equals(op)).findFirst();
    }

    /** Fit of a link. */
    public Optional<LinkFit> link(String name) {
        return links.stream().filter(fit -> fit.name().equals(name)).findFirst();
    }

    /** Rates of a disk or file system. */
    public Optional<StorageFit> storage(String name) {
        return storage.stream().filter(fit -> fit.name().equals(name)).findFirst();
    }

    /** Fit of the training iterations of a kind of network at a precision. */
    public Optional<JobFamilyFit> family(String family, Precision precision) {
        return families.stream()
                .filter(fit -> fit.family().equals(family) && fit.precision() == precision)
                .findFirst();
    }

    /**
     * By how many percent the fits miss iterations of a kind of network that they never saw, on the mean; empty where none was
     * measured.
     */
    public OptionalDouble heldOutErrorPercent(String family) {
        return jobs.stream()
                .filter(check -> check.job().startsWith(family + " "))
                .mapToDouble(JobCheck::errorPercent)
                .average();
    }

    /** What iterations of a kind of network take while so many processes compute theirs. */
    public Optional<ConcurrencyFit> concurrency(String family, int processes) {
        return concurrency.stream()
                .filter(fit -> fit.family().equals(family) && fit.processes() == processes)
                .findFirst();
    }

    /** Source of every figure in the profile, for tables of assumptions. */
    public Provenance provenance() {
        return new Provenance(origin.kind(), "calibration profile " + id, origin.date());
    }

    /** The profile as YAML, which {@link #load} reads back to an equal value. */
    public String toYaml() {
        return ProfileWriter.write(this);
    }
}

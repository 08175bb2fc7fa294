package trainyard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the table of modules: which may use which, and no cycle between packages. */
class ArchitectureTest {

    private static final String SIM = "trainyard.sim..";
    private static final String PARALLEL = "trainyard.parallel..";
    private static final String FAULTS = "trainyard.faults..";
    private static final String SCHEDULER = "trainyard.scheduler..";
    private static final String TRAINING = "trainyard.training..";
    private static final String[] MEASURING = {
        "trainyard.training.calibration..", "trainyard.training.replay..", "trainyard.training.real.."
    };
    private static final String REPORT = "trainyard.report..";
    private static final String SCENARIO = "trainyard.scenario..";
    private static final String CLI = "trainyard.cli..";

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("trainyard");
    }

    private static void neverUses(String module, String... forbidden) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void modulesUseOnlyWhatTheTableAllows() {
        neverUses(SIM, PARALLEL, FAULTS, SCHEDULER, TRAINING, REPORT, SCENARIO, CLI);
        neverUses(PARALLEL, FAULTS, SCHEDULER, TRAINING, REPORT, SCENARIO, CLI);
        neverUses(REPORT, PARALLEL, FAULTS, SCHEDULER, TRAINING, SCENARIO, CLI);
        neverUses(FAULTS, SCHEDULER, TRAINING, REPORT, SCENARIO, CLI);
        neverUses(SCHEDULER, TRAINING, REPORT, SCENARIO, CLI);
        neverUses(TRAINING, SCHEDULER, REPORT, SCENARIO, CLI);
        neverUses(SCENARIO, CLI, "trainyard.training.dl4j..");
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching("trainyard.(**)").should().beFreeOfCycles().check(classes);
    }

    /** What measures the machine itself is no part of the simulator. */
    @Test
    void theSimulatorReadsNoClockAndDrawsNoUnseededNumber() {
        noClasses()
                .that()
                .resideInAnyPackage(SIM, PARALLEL, FAULTS, SCHEDULER, TRAINING)
                .and()
                .resideOutsideOfPackages(MEASURING)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(classes);
    }
}

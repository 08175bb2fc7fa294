package trainyard.training.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeModuleTest {

    @TempDir
    private Path folder;

    @Test
    void findsAServiceInTheJarsOfAFolder() throws IOException {
        jarWithAService();
        ClassLoader loader = NativeModule.open(folder.resolve("jars") + File.separator + "*");
        Runnable service =
                ServiceLoader.load(Runnable.class, loader).findFirst().orElseThrow();
        assertThat(service.getClass().getClassLoader()).isSameAs(loader);
        assertThat(ServiceLoader.load(Runnable.class, NativeModule.class.getClassLoader()))
                .isEmpty();
    }

    @Test
    void seesTheClassesOfTheCommandFromThere() throws Exception {
        jarWithAService();
        ClassLoader loader = NativeModule.open(folder.resolve("jars") + File.separator + "*");
        assertThat(loader.loadClass(NativeModule.class.getName())).isSameAs(NativeModule.class);
    }

    @Test
    void takesAFolderOfClassesToo() throws IOException {
        jarWithAService();
        ClassLoader loader = NativeModule.open(folder.resolve("classes").toString());
        assertThat(loader.getResource("Greeter.class")).isNotNull();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        refuses("", "nobody says where the jars of DL4J are: the system property trainyard.dl4j is not set");
        refuses(folder + "/none/*", "no folder " + folder + "/none/ with the jars of DL4J");
        refuses(folder + "/*", "no jars of DL4J in " + folder + "/");
        refuses(folder + "/none.jar", "no file " + folder + "/none.jar with code of DL4J");
    }

    @Test
    void tellsAServiceThatIsNotThereWithoutThePropertyOfTheLauncher() {
        assertThatThrownBy(() -> NativeModule.service(Runnable.class, any -> true))
                .isInstanceOfSatisfying(
                        NativeCodeException.class,
                        missing -> assertThat(missing.remedy()).contains("./trainyard"));
    }

    @Test
    void aBuildWithoutGpusHasNoServiceForThem() {
        assertThat(System.getProperty(NativeModule.GPU_CLASS_PATH)).isNull();
        assertThat(NativeModule.gpuService(Runnable.class, any -> true)).isEmpty();
    }

    private static void refuses(String classPath, String message) {
        assertThatThrownBy(() -> NativeModule.open(classPath))
                .isInstanceOf(NativeCodeException.class)
                .hasMessage(message);
    }

    private void jarWithAService() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = Files.writeString(
                folder.resolve("Greeter.java"), "public class Greeter implements Runnable { public void run() {} }");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
        Path jars = Files.createDirectories(folder.resolve("jars"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jars.resolve("greeter.jar")))) {
            jar.putNextEntry(new JarEntry("META-INF/services/java.lang.Runnable"));
            jar.write("Greeter".getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new JarEntry("Greeter.class"));
            jar.write(Files.readAllBytes(classes.resolve("Greeter.class")));
        }
    }
}

package trainyard.training.network;

import java.util.ServiceLoader;
import trainyard.training.nativecode.NativeModule;

/** Finds a backend by its word. */
public final class NetworkBackends {

    private NetworkBackends() {}

    /**
     * The backend of this name. Where none of plain Java has it, the module with native code is opened.
     *
     * @throws trainyard.training.nativecode.NativeCodeException if that module is not there or has no such backend either
     */
    public static NetworkBackend named(String name) {
        return ServiceLoader.load(NetworkBackend.class, NetworkBackends.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseGet(() -> NativeModule.service(
                        NetworkBackend.class, backend -> backend.name().equals(name)));
    }
}

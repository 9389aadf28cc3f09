/* Stands in for NVIDIA's driver: one GPU, described by environment variables. */
#include <stdlib.h>
#include <string.h>

static int number(const char *name, int otherwise) {
  const char *text = getenv(name);
  return text ? atoi(text) : otherwise;
}

int cuDriverGetVersion(int *version) {
  *version = number("FAKE_CUDA", 12060);
  return 0;
}

int cuInit(unsigned flags) {
  (void)flags;
  return number("FAKE_INIT", 0);
}

int cuGetErrorString(int error, const char **text) {
  *text = error == 100 ? "no CUDA-capable device is detected" : 0;
  return error == 100 ? 0 : 1;
}

int cuDeviceGetCount(int *count) {
  *count = number("FAKE_COUNT", 1);
  return 0;
}

int cuDeviceGet(int *device, int ordinal) {
  *device = 10 + ordinal;
  return 0;
}

int cuDeviceGetName(char *name, int length, int device) {
  strncpy(name, device == 10 ? "Fake H100" : "Fake A100", length);
  return 0;
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) {
  *bytes = (size_t)(device - 8) << 30;
  return 0;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  int capability = device == 10 ? number("FAKE_CAPABILITY", 90) : 80;
  *value = attribute == 75 ? capability / 10 : capability % 10;
  return 0;
}

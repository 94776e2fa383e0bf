  camera.fit();
  open();
});
